import { isRecord, numberOf, textOf, type JsonRecord } from '../kling/json';
import { AVATAR_ROUTE, KLING_ROUTES } from '../kling/routes';
import type { Delivery } from '../output/deliver';
import type { CallbackTask } from './settle';

/** An item whose task the execution waits for, or whose task never came to be. */
export type WaitingItem =
	| { kind: 'task'; task: CallbackTask; delivery: Delivery }
	| { kind: 'error'; itemIndex: number; error: string };

/** Where in the node's context the items are kept, for when the service calls back. */
export const WAITING_KEY = 'waitingTasks';

/** The tasks that an item waits for. */
export function tasksOf(item: WaitingItem): CallbackTask[] {
	return item.kind === 'task' ? [item.task] : [];
}

/** The item as n8n stores it with the waiting execution: ids and settings, and nothing else. */
export function storedItem(item: WaitingItem): JsonRecord {
	if (item.kind === 'error') return { item: item.itemIndex, error: item.error };
	const { itemIndex, route, simplify, download } = item.delivery;
	const { taskId, externalTaskId, createdAt } = item.task;
	return {
		item: itemIndex,
		task_type: route.type,
		task_id: taskId,
		...(externalTaskId !== undefined && { external_task_id: externalTaskId }),
		...(createdAt !== undefined && { created_at: createdAt }),
		simplify,
		...(download && { field: download.binaryField }),
		...(download?.fileName !== undefined && { file_name: download.fileName }),
	};
}

/** Reads an item back; `undefined` if it is none, since stored data can be edited by hand. */
export function readStoredItem(stored: JsonRecord): WaitingItem | undefined {
	const itemIndex = numberOf(stored.item);
	if (itemIndex === undefined) return undefined;
	const error = textOf(stored.error);
	if (error !== undefined) return { kind: 'error', itemIndex, error };
	const task = readStoredTask(stored);
	if (!task) return undefined;
	const binaryField = textOf(stored.field);
	const fileName = textOf(stored.file_name);
	return {
		kind: 'task',
		task,
		delivery: {
			itemIndex,
			route: task.route,
			simplify: stored.simplify !== false,
			needsResult: true,
			...(binaryField !== undefined && {
				download: { binaryField, ...(fileName !== undefined && { fileName }) },
			}),
		},
	};
}

/** Executions that were suspended by an older version of the node name no type: it had but one. */
function readStoredTask(stored: JsonRecord): CallbackTask | undefined {
	const taskId = textOf(stored.task_id);
	if (taskId === undefined) return undefined;
	const externalTaskId = textOf(stored.external_task_id);
	const createdAt = numberOf(stored.created_at);
	return {
		taskId,
		route: KLING_ROUTES.find(({ type }) => type === stored.task_type) ?? AVATAR_ROUTE,
		...(externalTaskId !== undefined && { externalTaskId }),
		...(createdAt !== undefined && { createdAt }),
	};
}

/** All items of a waiting run, out of the node's context. */
export function readWaitingItems(nodeContext: unknown): WaitingItem[] {
	const stored = isRecord(nodeContext) ? nodeContext[WAITING_KEY] : undefined;
	if (!Array.isArray(stored)) return [];
	return stored.filter(isRecord).flatMap((item) => readStoredItem(item) ?? []);
}
