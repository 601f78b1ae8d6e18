import type { INodeProperties } from 'n8n-workflow';

import {
	downloadFileProperties,
	fileNameProperty,
	simplifyProperty,
} from '../actions/shared/outputs';
import { taskTypeProperties } from '../actions/shared/taskType';

/** The parameters of the trigger. */
export const triggerProperties: INodeProperties[] = [
	{
		displayName:
			"Copy the production URL from 'Webhook URLs' into the 'Callback URL' option of the node that creates the task. Callbacks only arrive while this workflow is published.",
		name: 'callbackNotice',
		type: 'notice',
		default: '',
	},
	...taskTypeProperties,
	{
		displayName: 'Trigger On',
		name: 'statuses',
		type: 'multiOptions',
		required: true,
		options: [
			{ name: 'Task Failed', value: 'failed', description: 'Kling could not complete the task' },
			{
				name: 'Task Running',
				value: 'running',
				description: 'The task was submitted or has started',
			},
			{ name: 'Task Succeeded', value: 'succeeded', description: 'The result is ready' },
		],
		default: ['succeeded', 'failed'],
	},
	...downloadFileProperties,
	simplifyProperty,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			fileNameProperty,
			{
				displayName: 'Verify',
				name: 'verify',
				type: 'boolean',
				default: true,
				description:
					'Whether to confirm the task with CometAPI before the workflow starts. Callbacks are not signed, so anyone who knows the URL can send one.',
			},
		],
	},
];
