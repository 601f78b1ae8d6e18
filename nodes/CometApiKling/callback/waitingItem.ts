import { isRecord, numberOf, textOf, type JsonRecord } from '../kling/json';
import { AVATAR_ROUTE } from '../kling/routes';
import type { Delivery } from '../output/deliver';

/** An item whose task the execution waits for, or whose task never came to be. */
export type WaitingItem =
	| { kind: 'task'; taskId: string; delivery: Delivery }
	| { kind: 'error'; itemIndex: number; error: string };

/** Where in the node's context the items are kept, for when the service calls back. */
export const WAITING_KEY = 'waitingTasks';

/** The item as n8n stores it with the waiting execution: ids and settings, and nothing else. */
export function storedItem(item: WaitingItem): JsonRecord {
	if (item.kind === 'error') return { item: item.itemIndex, error: item.error };
	const { itemIndex, simplify, download } = item.delivery;
	return {
		item: itemIndex,
		task_id: item.taskId,
		simplify,
		...(download && { field: download.binaryField }),
		...(download?.fileName !== undefined && { file_name: download.fileName }),
	};
}

/** Reads an item back; `undefined` where it is none, since stored data can be edited by hand. */
export function readStoredItem(stored: JsonRecord): WaitingItem | undefined {
	const itemIndex = numberOf(stored.item);
	if (itemIndex === undefined) return undefined;
	const error = textOf(stored.error);
	if (error !== undefined) return { kind: 'error', itemIndex, error };
	const taskId = textOf(stored.task_id);
	if (taskId === undefined) return undefined;
	const binaryField = textOf(stored.field);
	const fileName = textOf(stored.file_name);
	return {
		kind: 'task',
		taskId,
		delivery: {
			itemIndex,
			route: AVATAR_ROUTE,
			simplify: stored.simplify !== false,
			needsResult: true,
			...(binaryField !== undefined && {
				download: { binaryField, ...(fileName !== undefined && { fileName }) },
			}),
		},
	};
}

/** All items of a waiting run, out of the node's context. */
export function readWaitingItems(nodeContext: unknown): WaitingItem[] {
	const stored = isRecord(nodeContext) ? nodeContext[WAITING_KEY] : undefined;
	if (!Array.isArray(stored)) return [];
	return stored.filter(isRecord).flatMap((item) => readStoredItem(item) ?? []);
}
