import type { INodeProperties } from 'n8n-workflow';

import { isTaskId } from '../../kling/taskId';
import type { Job } from '../job';
import { invalidParameter, type ParameterReader } from '../parameterReader';
import { optionsProperty, readOnTaskFailure, readWait } from '../shared/options';
import { downloadFileProperties, readDownload, simplifyProperty } from '../shared/outputs';
import { showFor } from '../shared/showFor';
import { readTaskType, taskTypeProperties } from '../shared/taskType';

/** The parameters of *Get task*. */
export const getTaskProperties: INodeProperties[] = showFor('task', 'get', [
	...taskTypeProperties,
	{
		displayName: 'Task ID',
		name: 'taskId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. {{ $json.task_id }}',
		description: 'The ID that CometAPI gave when the task was created',
	},
	{
		displayName: 'Wait for Completion',
		name: 'waitForCompletion',
		type: 'boolean',
		default: false,
		description: 'Whether to wait until the task has ended, instead of putting it out as it is',
	},
	...downloadFileProperties,
	simplifyProperty,
	optionsProperty(['fileName', 'maxWaitSeconds', 'onTaskFailure', 'pollIntervalSeconds']),
]);

/**
 * Reads and checks the parameters of one item.
 *
 * @throws UserError that names the parameter
 */
export async function checkGetTask(parameters: ParameterReader): Promise<Job> {
	const route = readTaskType(
		parameters.text('taskType', 'Task Type'),
		parameters.text('customPath', 'Custom Path'),
	);
	const taskId = parameters.requiredText('taskId', 'Task ID', '{{ $json.task_id }}');
	if (!isTaskId(taskId)) {
		throw invalidParameter(
			'Task ID',
			'is no task ID',
			'Enter the ID alone, as it stands in task_id of the created task.',
		);
	}
	const waits = parameters.flag('waitForCompletion', 'Wait for Completion');
	return {
		itemIndex: parameters.itemIndex,
		route,
		...(waits && { wait: readWait(parameters) }),
		...(parameters.flag('downloadVideo', 'Download File') && {
			download: readDownload(parameters),
		}),
		simplify: parameters.flag('simplify', 'Simplify'),
		onTaskFailure: readOnTaskFailure(parameters),
		// Nothing is created, so there is no slot to give back and nothing paid to forget.
		start: async () => ({ taskId, release: () => undefined, discard: () => undefined }),
	};
}
