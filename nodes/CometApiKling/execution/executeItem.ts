import type { INodeExecutionData } from 'n8n-workflow';

import { redact } from '../kling/redact';
import type { KlingTask } from '../kling/task';
import type { ApiContext } from '../transport/apiRequest';
import { deliver, deliveryOf } from '../output/deliver';
import type { Job } from '../actions/job';
import { UserError } from '../kling/userError';
import type { Run } from '../purchase/run';
import { startTask, type StartedTask } from '../purchase/startTask';
import { pollOnce, waitForEnd } from '../polling/pollTask';

/**
 * Takes one item all the way: task, wait, download, output.
 *
 * @throws UserError where it comes to nothing, with the task id as soon as there is one
 */
export async function runItem(
	context: ApiContext,
	run: Run,
	job: Job,
): Promise<INodeExecutionData> {
	const started = await startTask(run, job);
	let task: KlingTask;
	try {
		task = await finishedTask(run, job, started);
	} finally {
		started.release();
	}
	return await toOutputItem(context, run, job, started, task);
}

/**
 * Makes the item of a task that is no longer waited for.
 *
 * @throws UserError where the task failed (unless it is to be put out), or its result cannot be had
 */
export async function toOutputItem(
	context: ApiContext,
	run: Run,
	job: Job,
	started: StartedTask,
	task: KlingTask,
): Promise<INodeExecutionData> {
	if (task.state === 'failed' && job.onTaskFailure === 'error') {
		started.discard();
		throw failure(task);
	}
	return await deliver(context, run, deliveryOf(job), task);
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
			'Change what the reason names (the image, the voice or the prompt) and run the workflow again. To handle failed tasks in the workflow, set the option On Task Failure to Output.',
		taskId: task.id,
	});
}
