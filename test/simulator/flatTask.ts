import { hasEnded, hasSucceeded } from './statuses';
import type { SimulatedTask } from './types';

/**
 * The task as callbacks and plain responses show it (docs/maintainers/service-notes.md#callbacks).
 */
export function flatTask(task: SimulatedTask): Record<string, unknown> {
	const { id, status, statusMessage, externalTaskId } = task;
	return {
		task_id: id,
		task_status: status,
		...(statusMessage !== undefined && { task_status_msg: statusMessage }),
		task_info: externalTaskId === undefined ? {} : { external_task_id: externalTaskId },
		created_at: task.createdAt,
		updated_at: task.updatedAt,
		...(hasEnded(status) && {
			final_unit_deduction: hasSucceeded(status) ? '2.5' : '0',
			final_balance_deduction: '0',
		}),
		task_result: hasSucceeded(status) ? task.result : {},
	};
}
