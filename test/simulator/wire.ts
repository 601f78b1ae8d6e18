import type { IncomingMessage, ServerResponse } from 'node:http';

import type { FaultKind, StatusFault } from './types';

/** The pause between the pieces of a slow body; none of our clients waits for its end. */
const SLOW_PIECE_MS = 1000;

const FILLER_PIECE_BYTES = 64 * 1024;

/** Far larger than any response of the API. */
const HUGE_BYTES = 64 * 1024 * 1024;

const PAGE =
	'<!DOCTYPE html><html><head><title>CometAPI</title></head><body>One API for all models</body></html>';

/** Reads a request's body to its end. */
export async function readText(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) {
		if (Buffer.isBuffer(chunk)) chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
}

/** @param json the body, as text */
export function sendJson(response: ServerResponse, status: number, json: string): void {
	response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
	response.end(json);
}

/** Sends a value as JSON. */
export function sendValue(response: ServerResponse, status: number, value: unknown): void {
	sendJson(response, status, JSON.stringify(value));
}

export function sendPage(response: ServerResponse, status = 200): void {
	response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
	response.end(PAGE);
}

export function sendRedirect(response: ServerResponse, location: string): void {
	response.writeHead(301, { location, 'content-type': 'text/html' });
	response.end(PAGE);
}

/** Whether the task is created before the fault occurs. */
export function strikesAfterTask(kind: FaultKind): boolean {
	if (typeof kind === 'object') return kind.afterTask ?? false;
	return !['resetBefore', 'hangBefore', 'html', 'redirect', 'redirectOwn'].includes(kind);
}

/** The response that a request would have had without the fault. */
export interface TaskResponse {
	body: string | Buffer;
	contentType: string;
}

/** The response of a request with a fault that occurs before any effect. */
export const NO_RESPONSE: TaskResponse = { body: '', contentType: 'application/json' };

/** Sends a fault instead of the response. */
export function sendFault(
	response: ServerResponse,
	kind: FaultKind,
	{ body, contentType }: TaskResponse,
): void {
	if (typeof kind === 'object') {
		sendStatusFault(response, kind);
		return;
	}
	const head = { 'content-type': contentType };
	switch (kind) {
		case 'resetBefore':
		case 'resetAfter':
			response.socket?.resetAndDestroy();
			return;
		case 'hangBefore':
		case 'hangAfter':
			return;
		case 'slowBody':
			response.writeHead(200, head);
			sendSlowly(response, Buffer.from(body));
			return;
		case 'cutBody':
			response.writeHead(200, { ...head, 'content-length': Buffer.byteLength(body) });
			response.write(body.slice(0, body.length / 2), () => response.socket?.destroy());
			return;
		case 'brokenJson':
			response.writeHead(200, head).end(body.slice(0, body.length / 2));
			return;
		case 'emptyBody':
			response.writeHead(200, head).end();
			return;
		case 'hugeBody':
			response.writeHead(200, head);
			sendFiller(response, HUGE_BYTES, ' ');
			return;
		case 'wrongContentType':
			response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(body);
			return;
		case 'html':
			sendPage(response);
			return;
		case 'redirect':
			sendRedirect(response, 'https://elsewhere.invalid/login');
			return;
		case 'redirectOwn':
			sendRedirect(response, `${response.req.url ?? '/'}?moved`);
	}
}

/**
 * Ends a response with this many equal bytes. Memory use stays low, however slow the reader is.
 */
export function sendFiller(response: ServerResponse, bytes: number, byte: string): void {
	const piece = Buffer.alloc(FILLER_PIECE_BYTES, byte);
	let left = bytes;
	const pump = (): void => {
		while (left > 0 && !response.destroyed) {
			const next = left < piece.length ? piece.subarray(0, left) : piece;
			left -= next.length;
			if (!response.write(next)) {
				response.once('drain', pump);
				return;
			}
		}
		response.end();
	};
	pump();
}

/** One byte at a time. */
function sendSlowly(response: ServerResponse, body: Buffer): void {
	let sent = 0;
	const timer = setInterval(() => {
		if (sent < body.length) response.write(body.subarray(sent, ++sent));
		else response.end();
	}, SLOW_PIECE_MS);
	response.on('close', () => clearInterval(timer));
}

function sendStatusFault(response: ServerResponse, fault: StatusFault): void {
	const body = fault.body ?? JSON.stringify(errorBody(fault));
	response.writeHead(fault.http, {
		'content-type': fault.contentType ?? 'application/json',
		...fault.headers,
	});
	response.end(body);
}

function errorBody(fault: StatusFault): unknown {
	const message = fault.message ?? `simulated fault ${fault.code ?? fault.http}`;
	if (typeof fault.code === 'string' && fault.code !== 'task_not_exist') {
		return {
			error: {
				message: `${message} (request id: sim)`,
				type: 'comet_api_error',
				param: '',
				code: fault.code,
			},
		};
	}
	return { code: fault.code ?? fault.http, message, request_id: 'sim', data: null };
}
