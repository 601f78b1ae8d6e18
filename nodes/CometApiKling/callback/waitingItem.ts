import type { IDataObject } from 'n8n-workflow';

import { isRecord, numberOf, recordsOf, textOf, type JsonRecord } from '../kling/json';
import { AVATAR_ROUTE, KLING_ROUTES, type KlingRoute } from '../kling/routes';
import { toDataObject } from '../output/dataObject';
import type { Delivery, SpokenText } from '../output/delivery';
import type { PolledTask } from '../polling/pollTask';

/** An item whose tasks the execution waits for, or that failed before it was suspended. */
export type WaitingItem = WaitingTasks | WaitingError;

/** An item that failed before its task existed, with all its fields. */
export interface WaitingError {
	kind: 'error';
	itemIndex: number;
	json: IDataObject;
}

/** Most items wait for one task; a long text waits for one task per clip. */
export interface WaitingTasks {
	kind: 'tasks';
	clips: WaitingClip[];
	delivery: Delivery;
	/** The fields of the input item, if they are to be output; n8n does not keep the input item. */
	input?: IDataObject;
}

export interface WaitingClip {
	task: PolledTask;
	speech?: SpokenText;
	reused?: boolean;
}

/** The key in the node's context under which the items are stored until CometAPI calls back. */
export const WAITING_KEY = 'waitingTasks';

/** The tasks that an item waits for. */
export function tasksOf(item: WaitingItem): PolledTask[] {
	return item.kind === 'tasks' ? item.clips.map(({ task }) => task) : [];
}

/** The item as n8n stores it with the waiting execution. */
export function storedItem(item: WaitingItem): JsonRecord {
	if (item.kind === 'error') return { item: item.itemIndex, failed: item.json };
	const { itemIndex, route, simplify, includeInput, download, captions } = item.delivery;
	return {
		item: itemIndex,
		task_type: route.type,
		clips: item.clips.map(storedClip),
		simplify,
		...(includeInput && { input: item.input ?? {} }),
		...(captions !== undefined && { captions }),
		...(download && { field: download.binaryField }),
		...(download?.fileName !== undefined && { file_name: download.fileName }),
	};
}

function storedClip({ task, speech, reused }: WaitingClip): JsonRecord {
	const { taskId, externalTaskId, createdAt } = task;
	return {
		task_id: taskId,
		...(externalTaskId !== undefined && { external_task_id: externalTaskId }),
		...(createdAt !== undefined && { created_at: createdAt }),
		...(reused === true && { reused }),
		...(speech && { text: speech.text, audio_id: speech.audioId }),
		...(speech?.seconds !== undefined && { seconds: speech.seconds }),
	};
}

/** Reads a stored item; `undefined` if it is not valid, since stored data can be edited by hand. */
export function readStoredItem(stored: JsonRecord): WaitingItem | undefined {
	const itemIndex = numberOf(stored.item);
	if (itemIndex === undefined) return undefined;
	if (isRecord(stored.failed)) {
		return { kind: 'error', itemIndex, json: toDataObject(stored.failed) };
	}
	const route = KLING_ROUTES.find(({ type }) => type === stored.task_type) ?? AVATAR_ROUTE;
	const clips = recordsOf(stored.clips).flatMap((clip) => readStoredClip(clip, route) ?? []);
	if (clips.length === 0) return undefined;
	const binaryField = textOf(stored.field);
	const fileName = textOf(stored.file_name);
	const { input, captions } = stored;
	return {
		kind: 'tasks',
		clips,
		delivery: {
			itemIndex,
			route,
			simplify: stored.simplify !== false,
			includeInput: isRecord(input),
			needsResult: true,
			...((captions === 'en' || captions === 'zh') && { captions }),
			...(binaryField !== undefined && {
				download: { binaryField, ...(fileName !== undefined && { fileName }) },
			}),
		},
		...(isRecord(input) && { input: toDataObject(input) }),
	};
}

function readStoredClip(stored: JsonRecord, route: KlingRoute): WaitingClip | undefined {
	const taskId = textOf(stored.task_id);
	if (taskId === undefined) return undefined;
	const externalTaskId = textOf(stored.external_task_id);
	const createdAt = numberOf(stored.created_at);
	const text = textOf(stored.text);
	const audioId = textOf(stored.audio_id);
	const seconds = numberOf(stored.seconds);
	return {
		task: {
			taskId,
			route,
			...(externalTaskId !== undefined && { externalTaskId }),
			...(createdAt !== undefined && { createdAt }),
		},
		...(stored.reused === true && { reused: true }),
		...(text !== undefined &&
			audioId !== undefined && {
				speech: { text, audioId, ...(seconds !== undefined && { seconds }) },
			}),
	};
}

/** Reads all items of a suspended run from the node's context. */
export function readWaitingItems(nodeContext: unknown): WaitingItem[] {
	const stored = isRecord(nodeContext) ? nodeContext[WAITING_KEY] : undefined;
	return recordsOf(stored).flatMap((item) => readStoredItem(item) ?? []);
}
