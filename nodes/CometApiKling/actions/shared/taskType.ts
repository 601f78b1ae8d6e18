import type { INodeProperties } from 'n8n-workflow';

import { customRoute, KLING_ROUTES, type KlingRoute } from '../../kling/routes';
import { invalidParameter } from '../invalidParameter';

const CUSTOM = 'custom';

/** The fields that select the type of task. */
export const taskTypeProperties: INodeProperties[] = [
	{
		displayName: 'Task Type',
		name: 'taskType',
		type: 'options',
		options: [
			...KLING_ROUTES.map((route) => ({ name: route.label, value: route.type })),
			{ name: 'Custom', value: CUSTOM, description: 'A Kling route that is not listed here' },
		].sort((one, other) => one.name.localeCompare(other.name)),
		default: 'avatar',
		description: 'The type of the task, which determines the API route to query',
	},
	{
		displayName: 'Custom Path',
		name: 'customPath',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. videos/avatar/image2video',
		description: 'The part of the API path between /kling/v1/ and the task ID',
		displayOptions: { show: { taskType: [CUSTOM] } },
	},
];

/**
 * The route of the task type that the user selected.
 *
 * @throws UserError that names the parameter
 */
export function readTaskType(type: string, customPath: string): KlingRoute {
	const listed = KLING_ROUTES.find((route) => route.type === type);
	if (listed) return listed;
	if (type !== CUSTOM) {
		throw invalidParameter('Task Type', 'is not a known task type', 'Choose one from the list.');
	}
	const route = customRoute(customPath);
	if (route) return route;
	throw invalidParameter(
		'Custom Path',
		customPath === '' ? 'is empty' : 'is not a valid Kling path',
		'Enter the part between /kling/v1/ and the task ID, for example videos/avatar/image2video.',
	);
}
