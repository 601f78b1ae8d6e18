import type { INodeProperties } from 'n8n-workflow';

import { fileNameProperty } from './outputs';

/**
 * Half an hour: other clients allow 25 to 30 minutes
 * (docs/maintainers/service-notes.md#task-times-and-client-behavior).
 */
export const DEFAULT_MAX_WAIT_SECONDS = 1800;
export const MAX_MAX_WAIT_SECONDS = 86_400;

/**
 * Other clients poll every 5 to 15 seconds
 * (docs/maintainers/service-notes.md#task-times-and-client-behavior).
 */
export const DEFAULT_POLL_INTERVAL_SECONDS = 5;
export const MAX_POLL_INTERVAL_SECONDS = 600;

/** The gateway shares its limit among its customers, so the default is moderate. */
export const DEFAULT_MAX_CONCURRENT_TASKS = 10;
export const MAX_MAX_CONCURRENT_TASKS = 1000;

/** A day of audio. A higher limit would not limit anything. */
export const MAX_MAX_TOTAL_SECONDS = 86_400;

const callbackUrl: INodeProperties = {
	displayName: 'Callback URL',
	name: 'callbackUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://n8n.example.com/webhook/kling',
	description:
		'URL that CometAPI calls whenever the task status changes, for example the production URL of a CometAPI Kling Trigger node',
};

const externalTaskId: INodeProperties = {
	displayName: 'External Task ID',
	name: 'externalTaskId',
	type: 'string',
	default: '',
	placeholder: 'e.g. episode-42',
	description:
		'Your own ID for the task, which must be unique in your account. If left empty, the node generates one from the execution ID.',
};

const maxConcurrentTasks: INodeProperties = {
	displayName: 'Max Concurrent Tasks',
	name: 'maxConcurrentTasks',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_MAX_CONCURRENT_TASKS },
	default: DEFAULT_MAX_CONCURRENT_TASKS,
	description:
		'Maximum number of tasks that this node runs at the same time. If your account allows fewer, the remaining items are queued.',
};

const maxWaitSeconds: INodeProperties = {
	displayName: 'Max Wait (Seconds)',
	name: 'maxWaitSeconds',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_MAX_WAIT_SECONDS },
	default: DEFAULT_MAX_WAIT_SECONDS,
	description:
		'Maximum time to wait for a task. If it runs out, the node fails with the task ID, and retrying the execution resumes the same task at no extra cost.',
};

const onTaskFailure: INodeProperties = {
	displayName: 'On Task Failure',
	name: 'onTaskFailure',
	type: 'options',
	options: [
		{
			name: 'Error',
			value: 'error',
			description: 'The item fails with the reason as its error message',
		},
		{
			name: 'Output',
			value: 'output',
			description:
				'The node outputs the task with its status and the reason, so that the workflow can handle it',
		},
	],
	default: 'error',
	description: 'What to do if Kling cannot complete a task',
};

const pollIntervalSeconds: INodeProperties = {
	displayName: 'Poll Interval (Seconds)',
	name: 'pollIntervalSeconds',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_POLL_INTERVAL_SECONDS },
	default: DEFAULT_POLL_INTERVAL_SECONDS,
	description:
		'Time between the first status checks of a task. The interval grows the longer the task runs.',
};

const validateMedia: INodeProperties = {
	displayName: 'Validate Media',
	name: 'validateMedia',
	type: 'boolean',
	default: true,
	description:
		'Whether to check the format, size and length of the image and the audio before sending any paid request',
};

const captions: INodeProperties = {
	displayName: 'Captions',
	name: 'captions',
	type: 'boolean',
	default: false,
	description:
		"Whether to add captions in SRT format to the output, in the field 'captions_srt'. Their timing follows the length of the speech.",
	displayOptions: { show: { '/audioSource': ['text'] } },
};

const dryRun: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description:
		'Whether to check everything without sending a request. The output shows the results of the checks, and a placeholder takes the place of the file, so you can build the rest of the workflow for free.',
};

const includeInputFields: INodeProperties = {
	displayName: 'Include Input Fields',
	name: 'includeInputFields',
	type: 'boolean',
	default: false,
	description:
		'Whether to add the fields of the input item to the output. If names clash, the field of the result wins.',
};

const longText: INodeProperties = {
	displayName: 'If Text Is Too Long',
	name: 'longText',
	type: 'options',
	options: [
		{
			name: 'Split and Join',
			value: 'split',
			description:
				'Speaks the text in parts, creates a clip for each part, and joins the clips into one video. Up to 20,000 characters.',
		},
		{
			name: 'Stop',
			value: 'stop',
			description:
				'The item fails. If only the generated speech is too long, the speech is charged.',
		},
	],
	default: 'stop',
	description:
		'What to do if the text is too long for one clip. One clip can hold about 850 English characters.',
	displayOptions: { show: { '/audioSource': ['text'] } },
};

const maxTotalSeconds: INodeProperties = {
	displayName: 'Max Total Seconds',
	name: 'maxTotalSeconds',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_MAX_TOTAL_SECONDS },
	default: 600,
	description:
		'Maximum length of the audio of all items together, which also limits the cost of an execution. If the audio is longer, the node fails before anything is charged. The length of text is estimated. URLs and audio IDs count as 60 seconds.',
};

const reuseInEditor: INodeProperties = {
	displayName: 'Reuse While Testing',
	name: 'reuseInEditor',
	type: 'boolean',
	default: true,
	description:
		'Whether a manual execution reuses the video of an earlier manual execution if neither the parameters nor the input of the item changed. Production executions always create a new video.',
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
				'Suspends the execution until CometAPI calls back, so it does not occupy a worker. Requires an n8n instance that is reachable from the internet. Failed and timed-out tasks are returned as items, not as errors.',
		},
		{
			name: 'Poll',
			value: 'poll',
			description: 'Checks the task at intervals until it has finished. Works everywhere.',
		},
	],
	default: 'poll',
	description: 'How the node finds out that a task has finished',
	displayOptions: { show: { '/waitForCompletion': [true] } },
};

/** In alphabetical order of their labels, as n8n's linter requires. */
const ALL_OPTIONS = {
	callbackUrl,
	captions,
	dryRun,
	externalTaskId,
	fileName: fileNameProperty,
	longText,
	includeInputFields,
	maxConcurrentTasks,
	maxTotalSeconds,
	maxWaitSeconds,
	onTaskFailure,
	pollIntervalSeconds,
	reuseInEditor,
	validateMedia,
	waitStrategy,
};

export type OptionName = keyof typeof ALL_OPTIONS;

/** The options of an operation; those that do not apply to it are left out. */
export function optionsProperty(names: OptionName[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: names.map((name) => ALL_OPTIONS[name]),
	};
}
