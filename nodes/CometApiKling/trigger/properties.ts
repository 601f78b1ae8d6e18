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
			'Copy the production URL, under Webhook URLs, into the option Callback URL of the node that creates the task. It works while this workflow is published.',
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
			{ name: 'Task Failed', value: 'failed', description: 'Kling could not finish the task' },
			{ name: 'Task Running', value: 'running', description: 'The task was taken, or has begun' },
			{ name: 'Task Succeeded', value: 'succeeded', description: 'The result is there' },
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
					'Whether to ask CometAPI for the task before the workflow starts. Callbacks are not signed, so anybody who knows the URL could send one.',
			},
		],
	},
];
