import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Job, Result } from '../actions/job';
import { OwnTasks } from '../callback/ownTasks';
import { pollBeforeSuspending } from '../callback/pollBeforeSuspending';
import { suspend, type SubmittedClip, type SubmittedJob } from '../callback/suspend';
import type { KlingTask } from '../kling/task';
import { deliver } from '../output/deliver';
import { deliveryOf } from '../output/delivery';
import { toNodeError } from '../output/nodeError';
import { waitForEndUntil } from '../polling/pollTask';
import { namePart } from '../purchase/forEachPart';
import type { StartedTask } from '../purchase/createTaskOnce';
import { planTasks, type PlannedTask } from '../purchase/planTasks';
import type { Run } from '../purchase/run';
import { finalizeOutput, forEachItem } from './forEachItem';
import { CLIP_NAMES, endedTask, forEachClip } from './executeItem';

/**
 * Submits all jobs and suspends the execution until CometAPI calls back
 * (docs/maintainers/decisions.md#callbacks), so no worker is tied up. While items still wait for
 * a slot, the earlier tasks are polled, because a suspended execution could not submit anything.
 *
 * @returns the items, if all tasks ended before the execution had to be suspended
 * @throws NodeApiError or NodeOperationError with the index of the item
 */
export async function executeWithCallback(
	context: IExecuteFunctions,
	run: Run,
	jobs: Array<Result<Job>>,
): Promise<INodeExecutionData[]> {
	const ownTasks = new OwnTasks(context.getContext('node'), context.getExecutionId());
	const submitted = await submitAll(context, run, jobs, ownTasks);
	const clips = submitted.flatMap((result) => (result.ok ? result.value.clips : []));
	await pollBeforeSuspending(run, clips).catch((error: unknown) => {
		throw toNodeError(context.getNode(), error, 0);
	});
	ownTasks.clear();
	if (clips.some(({ ended }) => !ended)) return await suspend(context, run, submitted);

	const results = await forEachItem(context, run, submitted, async (value, input) => {
		const { job } = value;
		const planned = value.clips.map(({ clip }) => clip);
		const ended = value.clips.map(({ clip, started, ended: task }, index) => {
			if (!task) throw new RangeError('A task that has not ended cannot be delivered.');
			try {
				return endedTask(job, clip, started, task);
			} catch (error) {
				throw namePart(error, index, planned, CLIP_NAMES);
			}
		});
		run.costs.add(job, ended);
		return await deliver(context, run, deliveryOf(job), ended, input);
	});
	return finalizeOutput(context, run, results);
}

async function submitAll(
	context: IExecuteFunctions,
	run: Run,
	jobs: Array<Result<Job>>,
	ownTasks: OwnTasks,
): Promise<Array<Result<SubmittedJob>>> {
	const onSend: Run['onSend'] = (externalTaskId) => ownTasks.add(externalTaskId);
	const allSubmitted = new AbortController();
	let toSubmit = jobs.filter((job) => job.ok).length;
	return await forEachItem(context, run, jobs, async (job) => {
		let openClips = 1;
		const noteSubmitted = (): void => {
			openClips--;
			if (openClips > 0) return;
			toSubmit--;
			if (toSubmit === 0) allSubmitted.abort();
		};
		const planned = await planTasks(run, job).catch((error: unknown) => {
			noteSubmitted();
			throw error;
		});
		openClips = planned.length;
		const clips = await forEachClip(run, job.itemIndex, planned, async (clip, clipRun) => {
			const started = await clip.start({ ...clipRun, onSend }).finally(noteSubmitted);
			return await waitUntilSubmitted(clipRun, job, clip, started, ownTasks, allSubmitted.signal);
		});
		return { job, clips };
	});
}

/** Polls a task while others wait for a slot, or until it ends if its callback goes elsewhere. */
async function waitUntilSubmitted(
	run: Run,
	job: Job,
	clip: PlannedTask,
	started: StartedTask,
	ownTasks: OwnTasks,
	allSubmitted: AbortSignal,
): Promise<SubmittedClip> {
	const usesCallback = ownTasks.has(started);
	const until = usesCallback ? allSubmitted : new AbortController().signal;
	try {
		return { clip, started, ended: await waitForTaskEnd(run, job, started, until) };
	} finally {
		started.release();
	}
}

async function waitForTaskEnd(
	run: Run,
	job: Job,
	started: StartedTask,
	until: AbortSignal,
): Promise<KlingTask | undefined> {
	if (started.task && started.task.state !== 'running') return started.task;
	if (!job.wait) return undefined;
	return await waitForEndUntil(run, started, job.wait, until);
}
