import type { INodeProperties } from 'n8n-workflow';

import { customRoute, KLING_ROUTES, routeOf, type KlingRoute } from '../../kling/routes';
import type { Job } from '../../run/job';
import { bad, type Form } from '../form';
import { optionsProperty, readOnTaskFailure, readWait } from '../shared/options';
import { outputFieldProperty, readDownload, simplifyProperty } from '../shared/outputs';
import { showFor } from '../shared/showFor';

const CUSTOM = 'custom';

/** Ids go into a path; those of Kling are digits, those of gateways words with hyphens. */
const TASK_ID = /^[A-Za-z0-9._-]{1,128}$/;

/** The form of *Get task*. */
export const getTaskProperties: INodeProperties[] = showFor('task', 'get', [
	{
		displayName: 'Task Type',
		name: 'taskType',
		type: 'options',
		options: [
			...KLING_ROUTES.map((route) => ({ name: route.label, value: route.type })),
			{ name: 'Custom', value: CUSTOM, description: 'A Kling route that is not in this list' },
		].sort((one, other) => one.name.localeCompare(other.name)),
		default: 'avatar',
		description: 'The kind of task, which decides where CometAPI is asked for it',
	},
	{
		displayName: 'Custom Path',
		name: 'customPath',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. videos/avatar/image2video',
		description: 'The path of the route between /kling/v1/ and the task ID',
		displayOptions: { show: { taskType: [CUSTOM] } },
	},
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
	{
		displayName: 'Download File',
		name: 'downloadVideo',
		type: 'boolean',
		default: false,
		description: 'Whether to put out the result as a file, if the task has succeeded',
	},
	outputFieldProperty({ downloadVideo: [true] }),
	simplifyProperty,
	optionsProperty(['fileName', 'maxWaitSeconds', 'onTaskFailure', 'pollIntervalSeconds']),
]);

/**
 * Reads and checks the form of one item.
 *
 * @throws Problem that names the parameter
 */
export async function checkGetTask(form: Form): Promise<Job> {
	const route = readRoute(form);
	const taskId = form.requiredText('taskId', 'Task ID', '{{ $json.task_id }}');
	if (!TASK_ID.test(taskId)) {
		throw bad(
			'Task ID',
			'is no task ID',
			'Enter the ID alone, as it stands in task_id of the created task.',
		);
	}
	const waits = form.flag('waitForCompletion', 'Wait for Completion');
	return {
		itemIndex: form.itemIndex,
		route,
		...(waits && { wait: readWait(form) }),
		...(form.flag('downloadVideo', 'Download File') && { download: readDownload(form) }),
		simplify: form.flag('simplify', 'Simplify'),
		onTaskFailure: readOnTaskFailure(form),
		// Nothing is created, so there is no slot to give back and nothing paid to forget.
		start: async () => ({ taskId, leave: () => undefined, forget: () => undefined }),
	};
}

function readRoute(form: Form): KlingRoute {
	const type = form.choice('taskType', 'Task Type', [
		...KLING_ROUTES.map((route) => route.type),
		CUSTOM,
	]);
	if (type !== CUSTOM) return routeOf(type);
	const path = form.requiredText('customPath', 'Custom Path', 'videos/avatar/image2video');
	const route = customRoute(path);
	if (route) return route;
	throw bad(
		'Custom Path',
		'is no path of a Kling route',
		'Enter the part between /kling/v1/ and the task ID, for example videos/avatar/image2video.',
	);
}
