import type { INodeProperties } from 'n8n-workflow';

import { isTaskId } from '../../kling/taskId';
import type { TaskJob } from '../job';
import { invalidParameter } from '../invalidParameter';
import type { ParameterReader } from '../parameterReader';
import { optionsProperty } from '../shared/optionProperties';
import { readIncludeInput, readOnTaskFailure, readWaitLimits } from '../shared/options';
import {
	downloadFileProperties,
	readDownloadIf,
	readSimplify,
	simplifyProperty,
} from '../shared/outputs';
import { showFor } from '../shared/showFor';
import { readTaskType, taskTypeProperties } from '../shared/taskType';

/** The parameters of *Task > Get*. */
export const getTaskProperties: INodeProperties[] = showFor('task', 'get', [
	...taskTypeProperties,
	{
		displayName: 'Task ID',
		name: 'taskId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. {{ $json.task_id }}',
		description: 'The ID that was returned when the task was created',
	},
	{
		displayName: 'Wait for Completion',
		name: 'waitForCompletion',
		type: 'boolean',
		default: false,
		description:
			'Whether to wait until the task has finished. If off, the node returns its current status.',
	},
	...downloadFileProperties,
	simplifyProperty,
	optionsProperty([
		'fileName',
		'includeInputFields',
		'maxWaitSeconds',
		'onTaskFailure',
		'pollIntervalSeconds',
	]),
]);

/**
 * Reads and checks the parameters of one item of *Task > Get*.
 *
 * @throws UserError that names the parameter
 */
export async function readTaskJob(parameters: ParameterReader): Promise<TaskJob> {
	const route = readTaskType(
		parameters.text('taskType', 'Task Type'),
		parameters.text('customPath', 'Custom Path'),
	);
	const taskId = parameters.requiredText('taskId', 'Task ID', '{{ $json.task_id }}');
	if (!isTaskId(taskId)) {
		throw invalidParameter(
			'Task ID',
			'is not a valid task ID',
			'Enter only the ID, as returned in task_id when the task was created.',
		);
	}
	const waits = parameters.flag('waitForCompletion', 'Wait for Completion');
	const download = readDownloadIf(parameters, 'downloadVideo', 'Download File');
	return {
		kind: 'task',
		itemIndex: parameters.itemIndex,
		route,
		...(waits && { wait: readWaitLimits(parameters) }),
		...(download && { download }),
		simplify: readSimplify(parameters),
		includeInput: readIncludeInput(parameters),
		onTaskFailure: readOnTaskFailure(parameters),
		taskId,
	};
}
