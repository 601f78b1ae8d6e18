import { isRecord, parseJson, textOf, type JsonRecord } from '../json';
import { externalIdOf, idsOf, readTask } from './readTask';
import { secretHider } from '../errors/redact';
import type { KlingTask, TaskState } from '../task';
import { isKnownStatus, stateOf } from './statuses';
import { isTaskId } from '../taskId';
import { describesTask, layersOf } from './taskLayers';

/** What the body of a callback claims. Anyone can send one, so it proves nothing. */
export interface CallbackClaim extends KlingTask {
	/**
	 * All IDs in the body by which the task may be known, in the order in which to query the API:
	 * those of CometAPI and of Kling, then the external ones, then IDs around the task.
	 */
	ids: string[];
	/** Those of the IDs that the body calls external. */
	externalIds: string[];
	/** Left out if the body has no status, or one that the API is not known to use. */
	claimedState?: TaskState;
}

/**
 * Reads the task in a callback (docs/maintainers/service-notes.md#callbacks): flat, under `data`,
 * or in Kling's newer shape. A body with nothing but an external ID is read as a task with that ID.
 * Long IDs lose no digits.
 *
 * @param rawBody `context.getRequestObject().rawBody`: the bytes or the text as they came
 * @param parsedBody `context.getBodyData()`: used if the raw body is missing or not JSON
 * @param secret hidden in all texts of the claim (see `hideSecret`)
 * @returns `undefined` if the body does not describe a task, or if its ID could not be queried
 */
export function readCallback(
	rawBody: unknown,
	parsedBody: unknown,
	secret?: string,
): CallbackClaim | undefined {
	const text = Buffer.isBuffer(rawBody) ? rawBody.toString('utf8') : rawBody;
	const raw = typeof text === 'string' ? parseJson(text, secretHider(secret)) : undefined;
	const body = raw ?? parsedBody;
	if (!isRecord(body)) return undefined;
	const layers = layersOf(body).filter(describesTask);
	const externalId = externalIdOf([...layers].reverse());
	const task = readTask(layers, { askedId: externalId, secret });
	if (!task) return undefined;
	const places = layersOf(body).flatMap((layer) =>
		isRecord(layer.task_info) ? [layer, layer.task_info] : [layer],
	);
	const externalIds = [
		...(externalId === undefined ? [] : [externalId]),
		...textsIn(places, 'external_task_id'),
		...textsIn(places, 'external_id'),
	];
	// A gateway may repeat the ID that it was given anywhere, for example next to its own envelope.
	const otherIds = [...textsIn(places, 'task_id'), ...textsIn(places, 'id')];
	const ids = new Set([...idsOf(layers), ...externalIds, ...otherIds]);
	const claimedState = stateIn(layers);
	return {
		...task,
		ids: [...ids].filter(isTaskId),
		externalIds,
		...(claimedState !== undefined && { claimedState }),
	};
}

/** If any layer reports an end, the task has ended: the other layers may be out of date. */
function stateIn(layers: JsonRecord[]): TaskState | undefined {
	const words = layers.flatMap(({ task_status: inner, status: outer }) =>
		[inner, outer].flatMap((word) => textOf(word) ?? []),
	);
	const states = words.filter(isKnownStatus).map(stateOf);
	const end = states.find((state) => state !== 'running');
	return end ?? (states.length === words.length ? states[0] : undefined);
}

function textsIn(places: JsonRecord[], key: string): string[] {
	return places.flatMap((place) => textOf(place[key]) ?? []);
}
