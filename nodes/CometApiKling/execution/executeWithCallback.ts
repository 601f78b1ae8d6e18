import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { KlingTask } from '../kling/task';
import { toDataObject } from '../output/dataObject';
import { deliveryOf, taskJson } from '../output/deliver';
import type { Job } from '../actions/job';
import { pollBeforeSuspending, type Submitted } from '../callback/pollBeforeSuspending';
import { toNodeError } from '../output/nodeError';
import type { Result } from '../actions/result';
import type { Run } from '../purchase/run';
import { startTask, type StartedTask } from '../purchase/startTask';
import { errorItem } from '../output/errorItem';
import { runAll } from './batch';
import { toOutputItem } from './executeItem';
import { finalizeOutput } from './executeWithPolling';
import { waitForEndUntil } from '../polling/pollTask';
import { storedItem, WAITING_KEY, type WaitingItem } from '../callback/waitingItem';

/**
 * Submits all jobs and puts the execution to wait until the service calls back (SPEC 9), so that
 * no worker is held. While items still wait for a slot, the tasks before them are polled; a
 * waiting execution could submit nothing.
 *
 * @param end ends the run for all items; `run.signal` follows it
 * @returns the items, where all tasks ended before there was anything to wait for
 * @throws NodeApiError or NodeOperationError with the index of the item
 */
export async function runUntilCallback(
	context: IExecuteFunctions,
	run: Run,
	jobs: Array<Result<Job>>,
	end: AbortController,
): Promise<INodeExecutionData[]> {
	const submitted = await submitAll(context, run, jobs, end);
	await pollBeforeSuspending(run, submitted).catch((error: unknown) => {
		throw toNodeError(context.getNode(), error, 0);
	});
	if (submitted.some((result) => result.ok && !result.value.ended)) {
		return await suspend(context, run, submitted);
	}
	const results = await runAll(context, run, submitted, end, async ({ job, started, ended }) => {
		if (!ended) throw new RangeError('A task that has not ended cannot be handed over.');
		return await toOutputItem(context, run, job, started, ended);
	});
	return finalizeOutput(context, run, results);
}

async function submitAll(
	context: IExecuteFunctions,
	run: Run,
	jobs: Array<Result<Job>>,
	end: AbortController,
): Promise<Array<Result<Submitted>>> {
	const allSubmitted = new AbortController();
	let toSubmit = jobs.filter((job) => job.ok).length;
	return await runAll(context, run, jobs, end, async (job) => {
		const started = await startTask(run, job).finally(() => {
			toSubmit--;
			if (toSubmit === 0) allSubmitted.abort();
		});
		try {
			return { job, started, ended: await waitForEnd(run, job, started, allSubmitted.signal) };
		} finally {
			started.release();
		}
	});
}

async function waitForEnd(
	run: Run,
	job: Job,
	started: StartedTask,
	allSubmitted: AbortSignal,
): Promise<KlingTask | undefined> {
	if (started.task && started.task.state !== 'running') return started.task;
	if (!job.wait) return undefined;
	// The service calls back for tasks of this execution only; for those of an earlier one it calls
	// that one, so they are waited for here.
	const isOurs = started.createdAt !== undefined;
	const until = isOurs ? allSubmitted : new AbortController().signal;
	return await waitForEndUntil(run, started, job.wait, until);
}

/**
 * When the time runs out, n8n passes the node's stored input through (N8N.md); so the tasks take
 * the place of that input, and no id is lost.
 */
async function suspend(
	context: IExecuteFunctions,
	run: Run,
	results: Array<Result<Submitted>>,
): Promise<INodeExecutionData[]> {
	const items = results.map((result, itemIndex) => waitingItem(context, result, itemIndex));
	context.getContext('node')[WAITING_KEY] = items.map((item) => toDataObject(storedItem(item)));
	const output = results.map((result, itemIndex) =>
		result.ok ? timedOutItem(result.value) : errorItem(context, result.thrown, itemIndex),
	);
	context.getExecuteData().data.main = [output];
	const maxWaitMs = Math.max(
		...results.map((result) => (result.ok ? (result.value.job.wait?.maxWaitMs ?? 0) : 0)),
	);
	await context.putExecutionToWait(new Date(Date.now() + maxWaitMs));
	run.log('Waiting for CometAPI to call back', { tasks: run.tasks.size });
	// Shown in the editor meanwhile. As copies, since n8n takes error items out of what it is given;
	// and without those, since one in front would let Retry On Fail run the node again.
	return output.filter((_, itemIndex) => results[itemIndex]?.ok).map((item) => ({ ...item }));
}

function waitingItem(
	context: IExecuteFunctions,
	result: Result<Submitted>,
	itemIndex: number,
): WaitingItem {
	if (!result.ok) {
		const { message } = toNodeError(context.getNode(), result.thrown, itemIndex);
		return { kind: 'error', itemIndex, error: message };
	}
	const { started, job } = result.value;
	return { kind: 'task', taskId: started.taskId, delivery: deliveryOf(job) };
}

function timedOutItem({ job, started, ended }: Submitted): INodeExecutionData {
	const task = ended ?? started.task;
	const json = task ? taskJson(job, task) : { task_id: started.taskId, task_type: job.route.type };
	return { json: { ...json, timed_out: true }, pairedItem: { item: job.itemIndex } };
}
