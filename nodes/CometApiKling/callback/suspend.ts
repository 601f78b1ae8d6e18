import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Job, Result } from '../actions/job';
import { toDataObject } from '../output/dataObject';
import { deliveryOf } from '../output/delivery';
import { errorItem, storedErrorItem } from '../output/errorItem';
import { includedFields } from '../output/includedFields';
import { unfinishedJson } from '../output/taskJson';
import type { PlannedTask } from '../purchase/planTasks';
import type { Run } from '../purchase/run';
import type { SubmittedTask } from './pollBeforeSuspending';
import { storedItem, WAITING_KEY, type WaitingItem } from './waitingItem';

/** A clip whose task exists. */
export interface SubmittedClip extends SubmittedTask {
	clip: PlannedTask;
}

/** A job whose tasks exist. */
export interface SubmittedJob {
	job: Job;
	clips: SubmittedClip[];
}

/**
 * Suspends the execution until CometAPI calls back. When the time runs out, n8n outputs the node's
 * stored input (docs/maintainers/n8n-notes.md#waiting-and-resuming), so the tasks
 * replace that input, and no ID is lost.
 *
 * @returns the items that the editor shows while the execution waits
 */
export async function suspend(
	context: IExecuteFunctions,
	run: Run,
	results: Array<Result<SubmittedJob>>,
): Promise<INodeExecutionData[]> {
	const items = results.map((result, itemIndex) => waitingItem(context, run, result, itemIndex));
	context.getContext('node')[WAITING_KEY] = items.map((item) => toDataObject(storedItem(item)));
	const output = results.map((result, itemIndex) =>
		result.ok
			? timedOutItem(context, result.value)
			: storedErrorItem(
					context,
					errorItem(context, result.thrown, itemIndex, run.ledger.chargesOf(itemIndex)),
				),
	);
	context.getExecuteData().data.main = [output];
	const maxWaitMs = Math.max(
		...results.map((result) => (result.ok ? (result.value.job.wait?.maxWaitMs ?? 0) : 0)),
	);
	await context.putExecutionToWait(new Date(Date.now() + maxWaitMs));
	const clips = results.flatMap((result) => (result.ok ? result.value.clips : []));
	run.log('Waiting for CometAPI to call back', { tasks: clips.length });
	// Return copies, since n8n removes error items from the list. Omit error items, since one in
	// first place would make Retry On Fail run the node again.
	return output.filter((_, itemIndex) => results[itemIndex]?.ok).map((item) => ({ ...item }));
}

function waitingItem(
	context: IExecuteFunctions,
	run: Run,
	result: Result<SubmittedJob>,
	itemIndex: number,
): WaitingItem {
	if (!result.ok) {
		const charges = run.ledger.chargesOf(itemIndex);
		const { json } = errorItem(context, result.thrown, itemIndex, charges);
		return { kind: 'error', itemIndex, json };
	}
	const { job, clips } = result.value;
	return {
		kind: 'tasks',
		delivery: deliveryOf(job),
		input: context.getInputData()[itemIndex]?.json,
		clips: clips.map(({ clip, started }) => ({
			task: {
				taskId: started.taskId,
				externalTaskId: started.externalTaskId,
				createdAt: started.createdAt,
				route: job.route,
			},
			speech: clip.speech,
			reused: started.reused,
		})),
	};
}

function timedOutItem(
	context: IExecuteFunctions,
	{ job, clips }: SubmittedJob,
): INodeExecutionData {
	const tasks = clips.map(({ clip: { speech }, started, ended }) => ({
		task: ended ?? started.task,
		taskId: started.taskId,
		externalTaskId: started.externalTaskId,
		speech,
	}));
	const input = context.getInputData()[job.itemIndex]?.json ?? {};
	return {
		json: { ...includedFields(job, input), ...unfinishedJson(job, tasks), timed_out: true },
		pairedItem: { item: job.itemIndex },
	};
}
