import type { WaitLimits } from '../../polling/pollTask';
import type { PaidOptions } from '../job';
import { invalidParameter } from '../invalidParameter';
import type { ParameterReader } from '../parameterReader';
import { isPublicAddress } from '../../kling/publicAddress';
import { isTaskId } from '../../kling/taskId';
import { checkedUrl } from './linkInput';
import {
	DEFAULT_MAX_CONCURRENT_TASKS,
	DEFAULT_MAX_WAIT_SECONDS,
	DEFAULT_POLL_INTERVAL_SECONDS,
	MAX_MAX_CONCURRENT_TASKS,
	MAX_MAX_TOTAL_SECONDS,
	MAX_MAX_WAIT_SECONDS,
	MAX_POLL_INTERVAL_SECONDS,
} from './optionProperties';

/** The ID becomes part of the path by which the task is looked up. */
const EXTERNAL_TASK_ID = /^[A-Za-z0-9._-]{1,128}$/;

const SECOND_MS = 1000;

/** The options of every operation that creates tasks. */
export function readPaidOptions(parameters: ParameterReader): PaidOptions {
	return {
		maxConcurrentTasks: readMaxConcurrentTasks(parameters),
		dryRun: parameters.optionalFlag('dryRun', 'Dry Run', false),
		reuseInEditor: parameters.optionalFlag('reuseInEditor', 'Reuse While Testing', true),
		maxTotalSeconds: parameters.optionalNumber('maxTotalSeconds', 'Max Total Seconds', undefined, {
			min: 1,
			max: MAX_MAX_TOTAL_SECONDS,
			decimals: 3,
		}),
	};
}

export function readIncludeInput(parameters: ParameterReader): boolean {
	return parameters.optionalFlag('includeInputFields', 'Include Input Fields', false);
}

/** How long to wait, and how often to poll at first. */
export function readWaitLimits(parameters: ParameterReader): WaitLimits {
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

function readMaxConcurrentTasks(parameters: ParameterReader): number {
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
	if (id === undefined) return id;
	if (!EXTERNAL_TASK_ID.test(id)) {
		throw invalidParameter(
			'External Task ID',
			'contains unsupported characters or is longer than 128 characters',
			'Use letters, digits, dots, hyphens and underscores.',
		);
	}
	// An ID that cannot be looked up would not protect from paying twice.
	if (!isTaskId(id)) {
		throw invalidParameter(
			'External Task ID',
			'contains no letter or digit',
			'Use an ID with at least one letter or digit, for example episode-42.',
		);
	}
	return id;
}

/** The URL that the service should call back, if there is one. */
export function readCallbackUrl(parameters: ParameterReader): string | undefined {
	const url = parameters.optionalText('callbackUrl', 'Callback URL');
	return url === undefined
		? undefined
		: checkedUrl(url, 'Callback URL', parameters.validation.apiIsLocal);
}

/**
 * The URL that CometAPI calls so that the execution resumes; `undefined` if the node polls.
 *
 * @throws UserError if CometAPI cannot reach this n8n instance, so that nothing would resume the
 * execution
 */
export function readResumeUrl(parameters: ParameterReader): string | undefined {
	const strategy = parameters.optionalChoice('waitStrategy', 'Wait Strategy', 'poll', [
		'poll',
		'callback',
	]);
	if (strategy === 'poll' || parameters.validation.isToolCall) return undefined;
	if (parameters.optionalText('callbackUrl', 'Callback URL') !== undefined) {
		throw invalidParameter(
			'Callback URL',
			'cannot be combined with the wait strategy Callback, which sets its own callback URL',
			"Remove it, or set 'Wait Strategy' to 'Poll'.",
		);
	}
	const { resumeUrl, apiIsLocal } = parameters.validation;
	if (URL.canParse(resumeUrl) && (apiIsLocal || isPublicAddress(new URL(resumeUrl))))
		return resumeUrl;
	throw invalidParameter(
		'Wait Strategy',
		`is Callback, but CometAPI cannot reach this n8n instance at ${resumeUrl.replace(/[?#].*/, '')}`,
		"Set n8n's environment variable N8N_WEBHOOK_URL (WEBHOOK_URL before n8n 2.41) to its public address, or choose 'Poll'.",
	);
}
