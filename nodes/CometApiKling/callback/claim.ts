import { isRecord, textOf, type JsonRecord } from '../kling/json';
import { isKnownStatus, stateOf, type TaskState } from '../kling/statuses';
import { layersOf } from '../kling/taskLayers';

/** What the body of a callback claims (API.md 5). Anybody can send one, so it proves nothing. */
export interface Claim {
	/** The ids by which the task may be known: CometAPI's, Kling's, the external one. */
	ids: string[];
	/** Left out if the body has no status, or a word that is not known to be the API's. */
	state?: TaskState;
}

/** In the order in which the API is asked with them: its own id first. */
const ID_FIELDS = ['task_id', 'id', 'external_task_id', 'external_id'];
const STATUS_FIELDS = ['task_status', 'status'];

/** A callback has two or three ids; longer lists are not the service's. */
const MAX_IDS = 6;

/** Reads all shapes of a callback: flat, under `data`, and Kling's newer one with `id` and `status`. */
export function readClaim(body: unknown): Claim {
	const layers = isRecord(body) ? layersOf(body) : [];
	const withInfo = [...layers, ...layers.map((layer) => layer.task_info).filter(isRecord)];
	const ids = ID_FIELDS.flatMap((field) => withInfo.flatMap((layer) => idOf(layer[field]) ?? []));
	const state = stateIn(layers);
	return { ids: [...new Set(ids)].slice(0, MAX_IDS), ...(state !== undefined && { state }) };
}

/** A number this large has been rounded, so that it names another task. */
function idOf(value: unknown): string | undefined {
	return typeof value === 'number' && !Number.isSafeInteger(value) ? undefined : textOf(value);
}

/** An end that any layer tells of counts: a gateway's outer status may be out of date. */
function stateIn(layers: JsonRecord[]): TaskState | undefined {
	const words = layers.flatMap((layer) =>
		STATUS_FIELDS.flatMap((field) => textOf(layer[field]) ?? []),
	);
	const states = words.filter(isKnownStatus).map(stateOf);
	const end = states.find((state) => state !== 'running');
	return end ?? (states.length === words.length ? states[0] : undefined);
}

/** What ids of Kling and of its gateways are made of. */
const ID = /^[\w.:-]{1,128}$/;

/** Whether an id from a callback may become part of an address: one of dots leaves the route. */
export function canBeAskedFor(id: string): boolean {
	return ID.test(id) && !/^\.+$/.test(id);
}
