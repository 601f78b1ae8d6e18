import type { INodeProperties } from 'n8n-workflow';

import { createAvatarProperties } from './avatar/create.properties';
import { generateSpeechProperties } from './speech/generate.operation';
import { getTaskProperties } from './task/get.operation';

const resource: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Avatar', value: 'avatar' },
		{ name: 'Speech', value: 'speech' },
		{ name: 'Task', value: 'task' },
	],
	default: 'avatar',
};

const avatarOperation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['avatar'] } },
	options: [
		{
			name: 'Create',
			value: 'create',
			action: 'Create avatar video',
			description: 'Create a video of a face that speaks your text or audio',
		},
	],
	default: 'create',
};

const speechOperation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['speech'] } },
	options: [
		{
			name: 'Generate',
			value: 'generate',
			action: 'Generate speech',
			description: 'Convert text to speech with Kling TTS',
		},
	],
	default: 'generate',
};

const taskOperation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['task'] } },
	options: [
		{
			name: 'Get',
			value: 'get',
			action: 'Get task',
			description: 'Retrieve a task and, once it has finished, its result',
		},
	],
	default: 'get',
};

/** All parameters of the node. */
export const properties: INodeProperties[] = [
	resource,
	avatarOperation,
	speechOperation,
	taskOperation,
	...createAvatarProperties,
	...generateSpeechProperties,
	...getTaskProperties,
];
