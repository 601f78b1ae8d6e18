import { isRecord, textOf, type JsonRecord } from '../json';

/** The maximum depth of a task under `data` (docs/maintainers/service-notes.md#tasks). */
const MAX_DEPTH = 3;

/**
 * The objects that may describe a task, from the outermost to the innermost: the response itself
 * and the objects under `data`, up to three levels deep
 * (docs/maintainers/service-notes.md#envelopes, A to D).
 */
export function layersOf(response: JsonRecord): JsonRecord[] {
	const layers = [response];
	let layer = response;
	for (let depth = 0; depth < MAX_DEPTH && isRecord(layer.data); depth++) {
		layer = layer.data;
		layers.push(layer);
	}
	return layers;
}

/** Whether an object describes a task: envelopes have a `code` but none of these fields. */
export function describesTask(layer: JsonRecord): boolean {
	return (
		textOf(layer.task_id) !== undefined ||
		textOf(layer.task_status) !== undefined ||
		isRecord(layer.task_result) ||
		(textOf(layer.status) !== undefined && isGatewayTask(layer)) ||
		isNewerTask(layer)
	);
}

/** Envelopes B and C wrap a task in a task of the gateway, which has a progress or a reason. */
function isGatewayTask(layer: JsonRecord): boolean {
	return layer.progress !== undefined || layer.fail_reason !== undefined;
}

/**
 * Kling's newer shape (docs/maintainers/service-notes.md#callbacks): `{id, status, message,
 * create_time, external_id, outputs}`.
 */
export function isNewerTask(layer: JsonRecord): boolean {
	return (
		(textOf(layer.id) !== undefined || textOf(layer.external_id) !== undefined) &&
		(textOf(layer.status) !== undefined || Array.isArray(layer.outputs)) &&
		(layer.create_time !== undefined ||
			layer.external_id !== undefined ||
			Array.isArray(layer.outputs))
	);
}
