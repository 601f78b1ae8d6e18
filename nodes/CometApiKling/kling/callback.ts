import { isRecord } from './json';
import { describesTask, layersOf, readTask, type KlingTask } from './task';

/**
 * The task that the body of a callback claims (API.md 5): flat, or under `data` as some receivers
 * met it. Anybody can send such a body, so it proves nothing.
 *
 * @returns `undefined` where the body tells of no task
 */
export function readCallback(body: unknown): KlingTask | undefined {
	if (!isRecord(body)) return undefined;
	return readTask(layersOf(body).filter(describesTask));
}
