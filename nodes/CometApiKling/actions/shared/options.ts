import type { INodeProperties } from 'n8n-workflow';

import type { JobWait } from '../job';
import { invalidParameter, type ParameterReader } from '../parameterReader';
import { isPublicAddress } from '../../kling/publicAddress';
import { checkedUrl } from './linkInput';
import type { Surroundings } from '../surroundings';
import { fileNameProperty } from './outputs';

/** Half an hour: other clients allow 25 to 30 minutes (API.md 7). */
const DEFAULT_MAX_WAIT_SECONDS = 1800;
const MAX_MAX_WAIT_SECONDS = 86_400;

/** Other clients poll every 5 to 15 seconds (API.md 7). */
const DEFAULT_POLL_INTERVAL_SECONDS = 5;
const MAX_POLL_INTERVAL_SECONDS = 600;

/** The gateway shares its limit among its customers, so a moderate share is asked for. */
const DEFAULT_MAX_CONCURRENT_TASKS = 10;
const MAX_MAX_CONCURRENT_TASKS = 1000;

/** It must fit into a path, by which the task is looked up. */
const EXTERNAL_TASK_ID = /^[A-Za-z0-9._-]{1,128}$/;

const SECOND_MS = 1000;

const callbackUrl: INodeProperties = {
	displayName: 'Callback URL',
	name: 'callbackUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://n8n.example.com/webhook/kling',
	description:
		'Where CometAPI sends a POST on every change of the task status, for example the production URL of a CometAPI Kling Trigger',
};

const externalTaskId: INodeProperties = {
	displayName: 'External Task ID',
	name: 'externalTaskId',
	type: 'string',
	default: '',
	placeholder: 'e.g. episode-42',
	description:
		'Your own ID for the task, unique in the account. If empty, the node makes one that names the execution.',
};

const maxConcurrentTasks: INodeProperties = {
	displayName: 'Max Concurrent Tasks',
	name: 'maxConcurrentTasks',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_MAX_CONCURRENT_TASKS },
	default: DEFAULT_MAX_CONCURRENT_TASKS,
	description:
		'How many tasks of this node may run at the same time. If the account allows fewer, the other items wait for their turn.',
};

const maxWaitSeconds: INodeProperties = {
	displayName: 'Max Wait (Seconds)',
	name: 'maxWaitSeconds',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_MAX_WAIT_SECONDS },
	default: DEFAULT_MAX_WAIT_SECONDS,
	description:
		'How long to wait for a task. When the time is up, the error names the task, and Retry execution goes on waiting for it without paying again.',
};

const onTaskFailure: INodeProperties = {
	displayName: 'On Task Failure',
	name: 'onTaskFailure',
	type: 'options',
	options: [
		{ name: 'Error', value: 'error', description: 'A failed task is an error of the node' },
		{
			name: 'Output',
			value: 'output',
			description:
				'A failed task is put out with its status and the reason, to be handled in the workflow',
		},
	],
	default: 'error',
	description: 'What to do with a task that Kling could not finish',
};

const pollIntervalSeconds: INodeProperties = {
	displayName: 'Poll Interval (Seconds)',
	name: 'pollIntervalSeconds',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_POLL_INTERVAL_SECONDS },
	default: DEFAULT_POLL_INTERVAL_SECONDS,
	description: 'How long to wait between the first looks at a task. The pauses grow with its age.',
};

const validateMedia: INodeProperties = {
	displayName: 'Validate Media',
	name: 'validateMedia',
	type: 'boolean',
	default: true,
	description:
		'Whether to check the format, size and length of the image and the audio before anything is paid',
};

const waitStrategy: INodeProperties = {
	displayName: 'Wait Strategy',
	name: 'waitStrategy',
	type: 'options',
	options: [
		{
			name: 'Callback',
			value: 'callback',
			description:
				'The execution is put to wait until CometAPI calls back, and holds no worker meanwhile. Needs an n8n that the internet can reach. Tasks that fail or time out then come out as items, never as errors.',
		},
		{
			name: 'Poll',
			value: 'poll',
			description: 'The node asks for the task until it has ended. Works everywhere.',
		},
	],
	default: 'poll',
	description: 'How the node learns that a task has ended',
	displayOptions: { show: { '/waitForCompletion': [true] } },
};

/** The options of an operation; those that make no sense for it are left out. */
export function optionsProperty(names: OptionName[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: ALL_OPTIONS.filter((option) => names.some((name) => name === option.name)),
	};
}

const ALL_OPTIONS = [
	callbackUrl,
	externalTaskId,
	fileNameProperty,
	maxConcurrentTasks,
	maxWaitSeconds,
	onTaskFailure,
	pollIntervalSeconds,
	validateMedia,
	waitStrategy,
];

export type OptionName =
	| 'callbackUrl'
	| 'externalTaskId'
	| 'fileName'
	| 'maxConcurrentTasks'
	| 'maxWaitSeconds'
	| 'onTaskFailure'
	| 'pollIntervalSeconds'
	| 'validateMedia'
	| 'waitStrategy';

/** How long to wait, and how often to look at first. */
export function readWait(parameters: ParameterReader): JobWait {
	const maxWait = parameters.optionalNumber(
		'maxWaitSeconds',
		'Max Wait (Seconds)',
		DEFAULT_MAX_WAIT_SECONDS,
		{
			min: 1,
			max: MAX_MAX_WAIT_SECONDS,
			decimals: 3,
		},
	);
	const interval = parameters.optionalNumber(
		'pollIntervalSeconds',
		'Poll Interval (Seconds)',
		DEFAULT_POLL_INTERVAL_SECONDS,
		{ min: 1, max: MAX_POLL_INTERVAL_SECONDS, decimals: 3 },
	);
	return { maxWaitMs: maxWait * SECOND_MS, firstIntervalMs: interval * SECOND_MS };
}

export function readMaxConcurrentTasks(parameters: ParameterReader): number {
	return parameters.optionalNumber(
		'maxConcurrentTasks',
		'Max Concurrent Tasks',
		DEFAULT_MAX_CONCURRENT_TASKS,
		{
			min: 1,
			max: MAX_MAX_CONCURRENT_TASKS,
			decimals: 0,
		},
	);
}

export function readOnTaskFailure(parameters: ParameterReader): 'error' | 'output' {
	return parameters.optionalChoice('onTaskFailure', 'On Task Failure', 'error', [
		'error',
		'output',
	]);
}

export function readExternalTaskId(parameters: ParameterReader): string | undefined {
	const id = parameters.optionalText('externalTaskId', 'External Task ID');
	if (id === undefined || EXTERNAL_TASK_ID.test(id)) return id;
	throw invalidParameter(
		'External Task ID',
		'has characters that do not fit, or more than 128 of them',
		'Use letters, digits, dots, hyphens and underscores.',
	);
}

/** Where the service is to call back, if it is. */
export function readCallbackUrl(
	parameters: ParameterReader,
	allowLoopback: boolean,
): string | undefined {
	const url = parameters.optionalText('callbackUrl', 'Callback URL');
	return url === undefined ? undefined : checkedUrl(url, 'Callback URL', allowLoopback);
}

/**
 * Where the service is to call back so that the execution resumes; `undefined` where it is polled.
 *
 * @throws UserError where the service could not reach this n8n: the execution would wait in vain
 */
export function readResumeUrl(
	parameters: ParameterReader,
	surroundings: Surroundings,
): string | undefined {
	const strategy = parameters.optionalChoice('waitStrategy', 'Wait Strategy', 'poll', [
		'poll',
		'callback',
	]);
	if (strategy === 'poll' || !surroundings.canSuspend) return undefined;
	if (parameters.optionalText('callbackUrl', 'Callback URL') !== undefined) {
		throw invalidParameter(
			'Callback URL',
			'cannot be used while Wait Strategy is Callback, which needs the place of it',
			'Remove it, or set Wait Strategy to Poll.',
		);
	}
	const { resumeUrl, apiIsLocal } = surroundings;
	if (URL.canParse(resumeUrl) && (apiIsLocal || isPublicAddress(new URL(resumeUrl))))
		return resumeUrl;
	throw invalidParameter(
		'Wait Strategy',
		`is Callback, but CometAPI cannot reach this n8n at ${resumeUrl.replace(/[?#].*/, '')}`,
		'Set the environment variable WEBHOOK_URL of n8n to its public address, or choose Poll.',
	);
}
