import { isRecord, textOf, type JsonRecord } from '../json';
import { redact } from '../errors/redact';
import { isKnownStatus, stateOf } from './statuses';
import type { KlingTask } from '../task';
import { readFiles } from './taskFiles';
import { isTaskId } from '../taskId';
import { isNewerTask } from './taskLayers';
import { readTime } from './time';

/**
 * Names of a task's two timestamps: in the API, in callbacks and in gateway software
 * (docs/maintainers/service-notes.md#callbacks).
 */
const CREATED_KEYS = ['created_at', 'create_time', 'submit_time'];
const UPDATED_KEYS = ['updated_at', 'update_time', 'finish_time'];

export interface TaskReading {
	/** The requested ID; it is used if the response contains none (envelope B). */
	askedId?: string;
	/** Hidden in the texts of the task (see `hideSecret`). */
	secret?: string;
}

/**
 * Reads a task from the layers that describe it.
 *
 * @param layers from the outermost to the innermost, each one a description of the same task
 * @returns `undefined` if there is no layer, or if no usable ID is known
 */
export function readTask(layers: JsonRecord[], reading: TaskReading = {}): KlingTask | undefined {
	const inward = [...layers].reverse();
	const ids = idsOf(layers);
	// A task that was requested by one of its IDs keeps that ID. Otherwise use the outermost ID,
	// which the gateway's own queries accept.
	const { askedId } = reading;
	const id = askedId !== undefined && ids.includes(askedId) ? askedId : (ids[0] ?? askedId);
	if (layers.length === 0 || id === undefined || !isTaskId(id)) return undefined;
	const result = inward.map((layer) => layer.task_result).find(isRecord) ?? {};
	const files = readFiles(result, inward.map((layer) => layer.outputs).find(Array.isArray));
	const hasFiles = files.videos.length + files.audios.length + files.images.length > 0;
	const status = statusOf(layers, hasFiles);
	const state = stateOf(status);
	const message = messageOf(layers, state === 'failed');
	const externalTaskId = externalIdOf(inward);
	return {
		id,
		status: redact(status, reading.secret),
		state,
		statusIsKnown: isKnownStatus(status),
		...(message !== undefined && { statusMessage: redact(message, reading.secret) }),
		...(externalTaskId !== undefined && { externalTaskId: safeId(externalTaskId) }),
		...timesOf(inward),
		...files,
		raw:
			inward.find((layer) => layer.task_status !== undefined || layer.status !== undefined) ??
			layers[0] ??
			{},
	};
}

/** IDs may be longer than the words that `redact` leaves in a text. */
function safeId(id: string): string {
	return isTaskId(id) ? id : redact(id);
}

/** All IDs of the task in the layers, the outermost first: a gateway adds its own to Kling's. */
export function idsOf(layers: JsonRecord[]): string[] {
	return layers.flatMap(
		(layer) => textOf(layer.task_id) ?? (isNewerTask(layer) ? textOf(layer.id) : undefined) ?? [],
	);
}

/**
 * The user's own ID for the task, wherever it may be: flat, under `task_info`, or as `external_id`
 * in Kling's newer shape (docs/maintainers/service-notes.md#callbacks).
 */
export function externalIdOf(layers: JsonRecord[]): string | undefined {
	const places = layers.flatMap((layer) =>
		isRecord(layer.task_info) ? [layer.task_info, layer] : [layer],
	);
	return firstText(places, 'external_task_id') ?? firstText(places, 'external_id');
}

/**
 * The task's status as the API spells it. An outer layer (a gateway's, envelopes B and C) decides
 * only if the inner one has no status, or if the outer one has ended and the inner one is out of
 * date.
 */
function statusOf(layers: JsonRecord[], hasFiles: boolean): string {
	const inner = firstText([...layers].reverse(), 'task_status');
	const outer = firstText(layers, 'status');
	if (inner === undefined) return outer ?? 'submitted';
	if (outer === undefined || stateOf(inner) !== 'running') return inner;
	const outerState = stateOf(outer);
	return outerState === 'failed' || (outerState === 'succeeded' && hasFiles) ? outer : inner;
}

/** The reason for a failure. The newer shape's `message` says "success" if there was none. */
function messageOf(layers: JsonRecord[], hasFailed: boolean): string | undefined {
	return (
		firstText([...layers].reverse(), 'task_status_msg') ??
		firstText(layers, 'fail_reason') ??
		(hasFailed ? firstText(layers.filter(isNewerTask), 'message') : undefined)
	);
}

/** Both times come from the same layer, since a gateway and Kling may measure different things. */
function timesOf(layers: JsonRecord[]): Pick<KlingTask, 'createdAt' | 'updatedAt'> {
	for (const layer of layers) {
		const createdAt = firstTime(layer, CREATED_KEYS);
		const updatedAt = firstTime(layer, UPDATED_KEYS);
		if (createdAt === undefined && updatedAt === undefined) continue;
		return {
			...(createdAt !== undefined && { createdAt }),
			...(updatedAt !== undefined && { updatedAt }),
		};
	}
	return {};
}

function firstTime(layer: JsonRecord, keys: string[]): number | undefined {
	return keys.map((key) => readTime(layer[key])).find((time) => time !== undefined);
}

function firstText(layers: JsonRecord[], key: string): string | undefined {
	for (const layer of layers) {
		const text = textOf(layer[key]);
		if (text !== undefined) return text;
	}
	return undefined;
}
