import type { IncomingMessage, ServerResponse } from 'node:http';

import type { RecordedRequest } from './types';

/** If bodies are summarized, texts in recorded bodies are cut to this length. */
const SUMMARY_CHARACTERS = 200;

/** Records a request when it arrives; its status is added after the response. */
export function startRecord(request: IncomingMessage, response: ServerResponse): RecordedRequest {
	const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
		name,
		String(value),
	]);
	const record: RecordedRequest = {
		atMs: Date.now(),
		method: request.method ?? 'GET',
		path: new URL(request.url ?? '/', 'http://localhost').pathname,
		route: 'other',
		headers: Object.fromEntries(headers),
		status: 0,
		paid: false,
	};
	response.on('finish', () => (record.status = response.statusCode));
	return record;
}

/** A body as it is stored: parsed if it is JSON, and shortened if requested. */
export function recordedBody(text: string, mode: 'full' | 'summary'): unknown {
	const body = parsed(text);
	if (mode === 'full') return body;
	if (typeof body === 'string') return shortened(body);
	if (typeof body !== 'object' || body === null) return body;
	return Object.fromEntries(
		Object.entries(body).map(([key, value]: [string, unknown]) => [
			key,
			typeof value === 'string' ? shortened(value) : value,
		]),
	);
}

function shortened(text: string): string {
	if (text.length <= SUMMARY_CHARACTERS) return text;
	// A slice is a view that would keep the whole text in memory, but a copy is not.
	return `${Buffer.from(text.slice(0, SUMMARY_CHARACTERS)).toString()}…`;
}

function parsed(text: string): unknown {
	try {
		const value: unknown = JSON.parse(text);
		return value;
	} catch {
		return text;
	}
}
