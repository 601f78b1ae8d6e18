import type { Fault } from '../../nodes/CometApiKling/kling/errors/faults';
import { parseResponse } from '../../nodes/CometApiKling/kling/response/parseResponse';
import type { HttpResponse } from '../../nodes/CometApiKling/kling/response/httpResponse';
import type { KlingTask } from '../../nodes/CometApiKling/kling/task';

/** An HTTP response with a JSON body, as CometAPI sends it. */
export function jsonResponse(body: unknown, httpStatus = 200): HttpResponse {
	return textResponse(JSON.stringify(body), httpStatus, 'application/json; charset=utf-8');
}

/** An HTTP response with any body. */
export function textResponse(
	text: string,
	httpStatus = 200,
	contentType = 'text/plain',
): HttpResponse {
	return { httpStatus, contentType, text };
}

/** The task in a response; throws if there is none. */
export function taskIn(response: HttpResponse, askedId?: string): KlingTask {
	const read = parseResponse(response, { askedId });
	if (read.kind !== 'task') throw new Error(`No task was read: ${JSON.stringify(read.fault)}`);
	return read.task;
}

/** The fault in a response; throws if it contains a task. */
export function faultIn(response: HttpResponse, askedId?: string): Fault {
	const read = parseResponse(response, { askedId });
	if (read.kind !== 'fault') throw new Error(`A task was read: ${JSON.stringify(read.task)}`);
	return read.fault;
}
