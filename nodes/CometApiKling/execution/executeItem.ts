import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Job } from '../actions/job';
import { redact } from '../kling/errors/redact';
import type { KlingTask } from '../kling/task';
import { UserError } from '../kling/errors/userError';
import { deliver } from '../output/deliver';
import { deliveryOf, type EndedTask } from '../output/delivery';
import { pollOnce, waitForEnd } from '../polling/pollTask';
import { forEachPart, type PartNames } from '../purchase/forEachPart';
import type { StartedTask } from '../purchase/createTaskOnce';
import { planTasks, type PlannedTask } from '../purchase/planTasks';
import type { Run } from '../purchase/run';

/**
 * Processes one item from task to output. The clips of a long text run as parallel tasks.
 *
 * @param input the fields of the input item
 * @throws UserError if it fails, with the task ID as soon as there is one
 */
export async function executeItem(
	context: IExecuteFunctions,
	run: Run,
	job: Job,
	input: IDataObject,
): Promise<INodeExecutionData> {
	const planned = await planTasks(run, job);
	const ended = await forEachClip(run, job.itemIndex, planned, async (clip, clipRun) => {
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
 * Processes all clips of an item at the same time.
 *
 * @throws UserError of the first clip that fails; it names that clip and the tasks of the others
 */
export async function forEachClip<Result>(
	run: Run,
	itemIndex: number,
	planned: PlannedTask[],
	work: (clip: PlannedTask, run: Run) => Promise<Result>,
): Promise<Result[]> {
	const taskIds = new Map<PlannedTask, string>();
	return await forEachPart(
		run,
		itemIndex,
		planned,
		async (clip, clipRun) => {
			const start: PlannedTask['start'] = async (current) => {
				const started = await clip.start(current);
				taskIds.set(clip, started.taskId);
				return started;
			};
			return await work({ ...clip, start }, clipRun);
		},
		CLIP_NAMES,
	).catch((error: unknown) => {
		throw withTasks(error, [...taskIds.values()]);
	});
}

/** How an error refers to one of several clips. */
export const CLIP_NAMES: PartNames<PlannedTask> = {
	noun: 'Clip',
	textOf: ({ speech }) => speech?.text,
};

/** The other clips of an item are paid for as well, so its error names their tasks. */
function withTasks(error: unknown, taskIds: string[]): unknown {
	if (!(error instanceof UserError)) return error;
	const otherTaskIds = taskIds.filter((id) => id !== error.details.taskId);
	if (otherTaskIds.length === 0) return error;
	return new UserError(error.message, { ...error.details, otherTaskIds });
}

/**
 * The finished task of a clip, ready for output.
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
		started.discard(task.statusMessage);
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
