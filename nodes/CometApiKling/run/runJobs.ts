import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Job } from './job';
import { toNodeError, type NodeError } from './nodeError';
import { Problem } from './problem';
import type { Run } from './run';
import { runItem } from './runItem';

/** What became of one item. */
type ItemResult = { kind: 'item'; item: INodeExecutionData } | { kind: 'error'; thrown: unknown };

/** A job, or the reason why the item's form or files cannot become one. */
export type CheckedItem = { kind: 'job'; job: Job } | { kind: 'error'; thrown: unknown };

/**
 * Runs all jobs at the same time, as far as the slots allow, and gives their items in input order
 * (SPEC 4). Without *continue on fail* the first error ends the run: nothing more is submitted,
 * what is running is left to run, and the error names every task that has been paid for.
 *
 * @param end ends the run for all items; `run.signal` follows it
 * @throws NodeApiError or NodeOperationError with the index of the item
 */
export async function runJobs(
	context: IExecuteFunctions,
	run: Run,
	items: CheckedItem[],
	end: AbortController,
): Promise<INodeExecutionData[]> {
	const node = context.getNode();
	const keepGoing = context.continueOnFail();
	const paid = new Map<number, string>();
	let first: { error: NodeError; itemIndex: number } | undefined;

	const results = await Promise.all(
		items.map(async (checked, itemIndex): Promise<ItemResult> => {
			if (checked.kind === 'error') return checked;
			try {
				const job = noteTask(checked.job, (taskId) => paid.set(itemIndex, taskId));
				return { kind: 'item', item: await runItem(context, run, job) };
			} catch (thrown) {
				if (!keepGoing && !run.signal.aborted) {
					first = { error: toNodeError(node, thrown, itemIndex), itemIndex };
					end.abort();
				}
				return { kind: 'error', thrown };
			}
		}),
	);
	if (first) throw withOtherTasks(first.error, first.itemIndex, paid);

	const output = results.map((result, itemIndex) => {
		if (result.kind === 'item') return result.item;
		const error = toNodeError(node, result.thrown, itemIndex);
		if (!keepGoing) throw error;
		return errorItem(context, result.thrown, error, itemIndex);
	});
	settle(run, results, output);
	return output;
}

/**
 * What was delivered is dropped from the ledger now that it is handed on. Unless the first item
 * is an error: Retry On Fail then runs the node again for all items (N8N.md), and what was
 * delivered would be bought a second time.
 */
function settle(run: Run, results: ItemResult[], output: INodeExecutionData[]): void {
	if (output[0]?.json.error !== undefined) return;
	results.forEach((result, itemIndex) => {
		if (result.kind === 'item') run.ledger.dropItem(itemIndex);
	});
}

function noteTask(job: Job, note: (taskId: string) => void): Job {
	return {
		...job,
		start: async (run) => {
			const started = await job.start(run);
			note(started.taskId);
			return started;
		},
	};
}

/** The run ends for all items, so the error of one also names the tasks of the others. */
function withOtherTasks(error: NodeError, itemIndex: number, paid: Map<number, string>): NodeError {
	const others = [...paid].filter(([index]) => index !== itemIndex);
	if (others.length === 0) return error;
	const list = others.map(([index, taskId]) => `item ${index}: ${taskId}`).join(', ');
	error.description = `${error.description ?? ''} Tasks of the other items, which go on at CometAPI and are taken up by Retry execution: ${list}.`;
	error.context.other_task_ids = others.map(([, taskId]) => taskId);
	return error;
}

/** The shape that n8n sends to the error output (SPEC 7). */
function errorItem(
	context: IExecuteFunctions,
	thrown: unknown,
	error: NodeError,
	itemIndex: number,
): INodeExecutionData {
	const input = context.getInputData()[itemIndex]?.json ?? {};
	const { taskId, externalTaskId } = thrown instanceof Problem ? thrown.details : {};
	return {
		json: {
			...input,
			error: error.message,
			...(taskId !== undefined && { task_id: taskId }),
			...(externalTaskId !== undefined && { external_task_id: externalTaskId }),
		},
		error,
		pairedItem: { item: itemIndex },
	};
}
