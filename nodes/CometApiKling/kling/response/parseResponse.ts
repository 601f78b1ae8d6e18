import { isRecord, parseJson, type JsonRecord } from '../json';
import { redact, secretHider } from '../errors/redact';
import type { HttpResponse, ResponseContext } from './httpResponse';
import { idsOf, readTask } from './readTask';
import { readRefusal, readTextRefusal } from './refusal';
import type { TaskResponse } from '../service';
import { belongsTo, type KlingTask } from '../task';
import { isTaskId } from '../taskId';
import { describesTask, layersOf } from './taskLayers';

/**
 * Reads any response of a Kling route: all envelopes (docs/maintainers/service-notes.md#envelopes),
 * all error bodies (docs/maintainers/service-notes.md#errors), and anything else. Never throws.
 *
 * All texts of the result are safe to show, log and store: see `redact`. Task IDs satisfy
 * `isTaskId`, and the task is the one that was requested.
 */
export function parseResponse(response: HttpResponse, context: ResponseContext = {}): TaskResponse {
	if (response.httpStatus >= 300 && response.httpStatus < 400) {
		return fault(response, 'wrongPath', 'The response was a redirect, which is not followed.');
	}
	const body = parseJson(response.text, secretHider(context.secret));
	if (!isRecord(body)) return readNonJson(response, context);
	const layers = layersOf(body);
	const refusal = readRefusal(response, envelopesOf(layers), context);
	if (refusal) return { kind: 'fault', fault: refusal };
	const taskLayers = layers.filter(describesTask);
	if (taskLayers.length === 0) {
		return fault(response, 'malformedResponse', 'The response contains no task.');
	}
	const task = readTask(taskLayers, context);
	return task ? checkId(response, task, context) : withoutUsableId(response, taskLayers, context);
}

/**
 * The layers around the task, without its own: what a task says about itself is not a rejection of
 * the request.
 */
function envelopesOf(layers: JsonRecord[]): JsonRecord[] {
	const firstTask = layers.findIndex(describesTask);
	return firstTask < 0 ? layers : layers.slice(0, firstTask);
}

/**
 * A task that has neither the requested ID nor the requested external ID belongs to someone else.
 */
function checkId(
	response: HttpResponse,
	task: KlingTask,
	{ askedId, externalTaskId, secret }: ResponseContext,
): TaskResponse {
	if (askedId === undefined) return { kind: 'task', task };
	const isLookUp = externalTaskId === askedId;
	const belongs = belongsTo(task, {
		taskId: askedId,
		externalTaskId: externalTaskId ?? askedId,
	});
	if (belongs === 'no' || (belongs === 'unknown' && !isLookUp)) {
		const message = `The response is about task ${redact(task.id, secret)} instead of ${askedId}.`;
		return fault(response, 'otherTask', message);
	}
	// A gateway may return Kling's own ID, but accepts only the ID that it assigned itself.
	const id = externalTaskId === undefined || isLookUp ? task.id : askedId;
	return { kind: 'task', task: { ...task, id } };
}

function withoutUsableId(
	response: HttpResponse,
	layers: JsonRecord[],
	{ secret }: ResponseContext,
): TaskResponse {
	const invalid = idsOf(layers).find((id) => !isTaskId(id));
	const message =
		invalid === undefined
			? 'The response contains no task ID.'
			: `The response contains an invalid task ID: "${redact(invalid, secret)}".`;
	return fault(response, 'malformedResponse', message);
}

function readNonJson(response: HttpResponse, context: ResponseContext): TaskResponse {
	const isPage = looksLikeHtml(response);
	const { httpStatus } = response;
	// A web page for 404 or 405 means a wrong path (docs/maintainers/service-notes.md#basics), not a
	// task that does not exist.
	if (isPage && (httpStatus < 400 || httpStatus === 404 || httpStatus === 405)) {
		return fault(response, 'wrongPath', 'The response was a web page.');
	}
	if (httpStatus >= 400) {
		const shown = isPage ? '' : response.text;
		return { kind: 'fault', fault: readTextRefusal(response, shown, context) };
	}
	const isEmpty = response.text.trim() === '';
	const message = isEmpty ? 'The response was empty.' : 'The response was not complete JSON.';
	return fault(response, 'malformedResponse', message);
}

function looksLikeHtml(response: HttpResponse): boolean {
	return (
		response.contentType.includes('text/html') ||
		/^\s*<(!doctype|html|head|body)/i.test(response.text.slice(0, 200))
	);
}

function fault(
	response: HttpResponse,
	kind: 'wrongPath' | 'otherTask' | 'malformedResponse',
	message: string,
): TaskResponse {
	return {
		kind: 'fault',
		fault: {
			kind,
			message,
			httpStatus: response.httpStatus,
			...(response.retryAfterMs !== undefined && { retryAfterMs: response.retryAfterMs }),
		},
	};
}
