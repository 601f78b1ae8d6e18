import { isRecord, parseJson } from './json';
import { hasStatus, externalIdOf, readTask } from './readTask';
import type { KlingTask } from './task';
import { describesTask, layersOf } from './taskLayers';

/** What the body of a callback claims. Anyone can send one, so it proves nothing. */
export interface CallbackClaim extends KlingTask {
	/**
	 * Whether the body says that the task is still running, with a status that the API is known to
	 * use. With any other status, or without one, it is worth querying the API.
	 */
	claimsRunning: boolean;
}

/**
 * Reads the task in a callback (API.md 5): flat, under `data`, or in Kling's newer shape. A body
 * with nothing but an external ID is read as a task of that ID.
 *
 * @param secret hidden in the texts of the claim (see `hideSecret`)
 * @returns `undefined` if the body does not describe a task, or if its ID could not be queried
 */
export function readCallback(body: unknown, secret?: string): CallbackClaim | undefined {
	if (!isRecord(body)) return undefined;
	const layers = layersOf(body).filter(describesTask);
	const task = readTask(layers, { askedId: externalIdOf([...layers].reverse()), secret });
	if (!task) return undefined;
	const claimsRunning = hasStatus(layers) && task.statusIsKnown && task.state === 'running';
	return { ...task, claimsRunning };
}

/**
 * Parses the body of a callback without losing long IDs, which n8n's own parsing does.
 *
 * @param rawBody `context.getRequestObject().rawBody`: the bytes or the text as received
 * @param parsedBody `context.getBodyData()`: used if the raw body is missing or not JSON
 */
export function parseCallbackBody(rawBody: unknown, parsedBody: unknown): unknown {
	const text = Buffer.isBuffer(rawBody) ? rawBody.toString('utf8') : rawBody;
	return (typeof text === 'string' ? parseJson(text) : undefined) ?? parsedBody;
}
