import { kindOfRefusal, type Fault } from './faults';
import { isRecord, parseJson, textOf, type JsonRecord } from './json';
import { redact } from './redact';
import { describesTask, layersOf, readTask, type KlingTask } from './task';

/** An HTTP answer, read to its end. */
export interface HttpResponse {
	httpStatus: number;
	contentType: string;
	/** `Retry-After` in milliseconds, where it was sent. */
	retryAfterMs?: number;
	text: string;
}

/** What an answer comes to: a task, or a fault. There is no third. */
export type TaskResponse = { kind: 'task'; task: KlingTask } | { kind: 'fault'; fault: Fault };

/**
 * Reads any answer of a Kling route: all envelopes of API.md 3, all error bodies of API.md 6, and
 * everything that is none of them. Never throws.
 *
 * @param fallbackId the task id that was asked for, where the answer repeats none
 */
export function parseResponse(answer: HttpResponse, fallbackId?: string): TaskResponse {
	if (answer.httpStatus >= 300 && answer.httpStatus < 400) {
		return faulty(answer, 'wrongPath', 'The answer was a redirect, which is not followed.');
	}
	const body = parseJson(answer.text);
	if (!isRecord(body)) return readNonJson(answer);
	const layers = layersOf(body);
	const refusal = refusalIn(answer, layers);
	if (refusal) return { kind: 'fault', fault: refusal };
	const task = readTask(layers.filter(describesTask), fallbackOf(layers, fallbackId));
	if (task) return { kind: 'task', task };
	return faulty(answer, 'malformedResponse', 'The answer holds no task.');
}

/** An id is only taken over from the question where the answer does tell of a task. */
function fallbackOf(layers: JsonRecord[], fallbackId: string | undefined): string | undefined {
	return layers.some(describesTask) ? fallbackId : undefined;
}

/** The first bad code on the way in to the task, or the HTTP status where no code says more. */
function refusalIn(answer: HttpResponse, layers: JsonRecord[]): Fault | undefined {
	const firstTask = layers.findIndex(describesTask);
	const envelopes = firstTask < 0 ? layers : layers.slice(0, firstTask);
	const message = messageIn(envelopes);
	for (const layer of envelopes) {
		const code = textOf(isRecord(layer.error) ? layer.error.code : layer.code);
		if (isRecord(layer.error) || (code !== undefined && !isGoodCode(code))) {
			return refusal(answer, code, message);
		}
	}
	return answer.httpStatus >= 400 ? refusal(answer, undefined, message) : undefined;
}

function refusal(answer: HttpResponse, code: string | undefined, message: string): Fault {
	return {
		kind: kindOfRefusal(answer.httpStatus, code, message),
		message,
		httpStatus: answer.httpStatus,
		...(code !== undefined && { code: redact(code) }),
		...(answer.retryAfterMs !== undefined && { retryAfterMs: answer.retryAfterMs }),
	};
}

/** API.md 3: `code` 0, `"0"` or `"success"` is good; gateways also repeat the HTTP status. */
function isGoodCode(code: string): boolean {
	return ['0', '200', 'success', 'succeed'].includes(code.toLowerCase());
}

function messageIn(layers: JsonRecord[]): string {
	for (const layer of layers) {
		const source = isRecord(layer.error) ? layer.error : layer;
		const text = textOf(source.message) ?? textOf(source.msg) ?? textOf(layer.error);
		if (text !== undefined) return redact(text);
	}
	return '';
}

function readNonJson(answer: HttpResponse): TaskResponse {
	if (answer.httpStatus >= 400) {
		const isPage = looksLikeHtml(answer);
		// A web page for 404 or 405 is a wrong path (API.md 1), not a task that does not exist.
		if (isPage && (answer.httpStatus === 404 || answer.httpStatus === 405)) {
			return faulty(answer, 'wrongPath', 'The answer was a web page.');
		}
		return { kind: 'fault', fault: refusal(answer, undefined, isPage ? '' : redact(answer.text)) };
	}
	if (looksLikeHtml(answer)) return faulty(answer, 'wrongPath', 'The answer was a web page.');
	return faulty(
		answer,
		'malformedResponse',
		answer.text.trim() === '' ? 'The answer was empty.' : 'The answer was no complete JSON.',
	);
}

function looksLikeHtml(answer: HttpResponse): boolean {
	return (
		answer.contentType.includes('text/html') ||
		/^\s*<(!doctype|html|head|body)/i.test(answer.text.slice(0, 200))
	);
}

function faulty(
	answer: HttpResponse,
	kind: 'wrongPath' | 'malformedResponse',
	message: string,
): TaskResponse {
	return {
		kind: 'fault',
		fault: {
			kind,
			message,
			httpStatus: answer.httpStatus,
			...(answer.retryAfterMs !== undefined && { retryAfterMs: answer.retryAfterMs }),
		},
	};
}
