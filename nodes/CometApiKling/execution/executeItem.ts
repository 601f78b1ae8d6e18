import type { INodeExecutionData } from 'n8n-workflow';

import type { Job } from '../actions/job';
import { redact } from '../kling/redact';
import type { KlingTask } from '../kling/task';
import { UserError } from '../kling/userError';
import { deliver } from '../output/deliver';
import { deliveryOf, type EndedTask } from '../output/delivery';
import { onAbort } from '../polling/onAbort';
import { pollOnce, waitForEnd } from '../polling/pollTask';
import { planTasks, type PlannedTask, type StartedTask } from '../purchase/planTasks';
import type { Run } from '../purchase/run';
import type { ItemContext } from './batch';

/**
 * Takes one item all the way: task, wait, download, output. The clips of a long text are tasks side by side.
 *
 * @throws UserError if it fails, with the task ID as soon as there is one
 */
export async function executeItem(
	{ context, input }: ItemContext,
	run: Run,
	job: Job,
): Promise<INodeExecutionData> {
	const planned = await planTasks(run, job);
	const ended = await forEachClip(run, planned, async (clip, clipRun) => {
		const started = await clip.start(clipRun);
		try {
			return endedTask(job, clip, started, await finishedTask(clipRun, job, started));
		} finally {
			started.release();
		}
	});
	run.costs.add(job, ended);
	return await deliver(context, run, deliveryOf(job), ended, input);
}

/**
 * Does the same work for all clips of an item at the same time. If one fails, nothing more of the item is
 * submitted; the others go on at CometAPI, and a retry resumes them.
 *
 * @throws UserError of the first clip that fails, which it names
 */
export async function forEachClip<Result>(
	run: Run,
	planned: PlannedTask[],
	work: (clip: PlannedTask, run: Run) => Promise<Result>,
): Promise<Result[]> {
	const [only, ...others] = planned;
	if (only && others.length === 0) return [await work(only, run)];
	const end = new AbortController();
	const unsubscribe = onAbort(run.signal, () => end.abort());
	const itemRun: Run = { ...run, signal: end.signal };
	let first: { index: number; thrown: unknown } | undefined;
	const results = await Promise.allSettled(
		planned.map(
			async (clip, index) =>
				await work(clip, itemRun).catch((thrown: unknown) => {
					first ??= { index, thrown };
					end.abort();
					throw thrown;
				}),
		),
	);
	unsubscribe();
	if (first) throw withClip(first.thrown, first.index, planned);
	return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

/** Enough of a clip's text to find it. */
const SHOWN_WORDS = 6;

function withClip(thrown: unknown, index: number, planned: PlannedTask[]): unknown {
	if (!(thrown instanceof UserError)) return thrown;
	const words = planned[index]?.speech?.text.split(/\s+/).slice(0, SHOWN_WORDS).join(' ') ?? '';
	const text = words === '' ? '' : ` ("${words.slice(0, 60)}…")`;
	return new UserError(`Clip ${index + 1} of ${planned.length}${text} failed. ${thrown.message}`, {
		...thrown.details,
		advice: `${thrown.details.advice} A retry pays only for the clips that are missing.`,
	});
}

/**
 * What is delivered of a clip.
 *
 * @throws UserError if its task failed, unless failed tasks are to be output
 */
export function endedTask(
	job: Job,
	{ speech }: PlannedTask,
	started: StartedTask,
	task: KlingTask,
): EndedTask {
	if (task.state === 'failed' && job.onTaskFailure === 'error') {
		started.discard();
		throw failure(task);
	}
	return { task, speech, reused: started.reused };
}

async function finishedTask(run: Run, job: Job, started: StartedTask): Promise<KlingTask> {
	const known = started.task;
	if (known && (known.state !== 'running' || !job.wait)) return known;
	if (job.wait) return await waitForEnd(run, started, job.wait);
	return await pollOnce(run, started);
}

function failure(task: KlingTask): UserError {
	const reason =
		task.statusMessage === undefined ? 'no reason was given' : redact(task.statusMessage);
	return new UserError(`Task ${task.id} failed: ${reason}`, {
		advice:
			"Change the image, voice or prompt that the reason refers to, then run the workflow again. To handle failed tasks in the workflow, set 'On Task Failure' to 'Output'.",
		taskId: task.id,
	});
}
