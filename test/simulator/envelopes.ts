import { hasEnded } from './statuses';
import { flatTask } from './flatTask';
import type { Envelope, SimulatedTask } from './types';

/**
 * The names of these states on older pages and in gateways
 * (docs/maintainers/service-notes.md#tasks).
 */
const GATEWAY_STATUS: Record<string, string> = {
	submitted: 'NOT_START',
	processing: 'IN_PROGRESS',
	succeed: 'SUCCESS',
	failed: 'FAILURE',
};

/** A task in one of the shapes of docs/maintainers/service-notes.md#envelopes. */
export function wrapTask(task: SimulatedTask, envelope: Envelope): unknown {
	const flat = flatTask(task);
	const plain = { code: 0, message: 'SUCCEED', request_id: 'sim', data: flat };
	const status = GATEWAY_STATUS[task.status] ?? task.status;
	switch (envelope) {
		case 'A':
			return plain;
		case 'B':
			return {
				code: 0,
				message: 'SUCCEED',
				data: {
					task_id: task.id,
					status,
					progress: hasEnded(task.status) ? '100%' : '40%',
					fail_reason: task.statusMessage ?? '',
					data: { task_result: flat.task_result },
				},
			};
		case 'C':
			return {
				code: 'success',
				message: '',
				data: {
					task_id: task.id,
					action: 'image2video',
					status,
					fail_reason: task.statusMessage ?? '',
					progress: hasEnded(task.status) ? '100%' : '40%',
					data: plain,
				},
			};
		case 'D':
			return flat;
		case 'E':
			return { ...plain, data: { ...flat, task_result: {} } };
	}
}
