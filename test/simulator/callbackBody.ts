import type { SimulatorOptions } from './options';
import { hasEnded, hasSucceeded } from './statuses';
import { flatTask } from './flatTask';
import type { SimulatedTask } from './types';

/** Kling's newer names for the statuses of docs/maintainers/service-notes.md#tasks. */
const NEWER_STATUS: Record<string, string> = { succeed: 'succeeded' };

/**
 * The body of a callback (docs/maintainers/service-notes.md#callbacks): flat or in the newer shape,
 * with CometAPI's ID or Kling's.
 */
export function callbackBody(
	task: SimulatedTask,
	{ callbackShape, callbackIds }: SimulatorOptions,
): Record<string, unknown> {
	const id = callbackIds === 'kling' ? task.klingId : task.id;
	if (callbackShape !== 'newer') return { ...flatTask(task), task_id: id };
	return {
		id,
		status: NEWER_STATUS[task.status] ?? task.status,
		message: task.statusMessage ?? (hasEnded(task.status) ? 'success' : ''),
		create_time: task.createdAt,
		update_time: task.updatedAt,
		external_id: task.externalTaskId ?? '',
		outputs: hasSucceeded(task.status) ? Object.values(task.result).flat() : [],
	};
}
