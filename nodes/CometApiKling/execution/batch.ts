import type { IExecuteFunctions } from 'n8n-workflow';

import { toNodeError, type NodeError } from '../output/nodeError';
import type { Result } from '../actions/result';
import type { Run } from '../purchase/run';

/**
 * Does the same work for all items at the same time; what is wrong with an item already stays so.
 * Without *continue on fail* the first error ends the run: nothing more is submitted, what is
 * running is left to run, and the error names every task that has been paid for.
 *
 * @param end ends the run for all items; `run.signal` follows it
 * @throws NodeApiError or NodeOperationError with the index of the item
 */
export async function runAll<In, Out>(
	context: IExecuteFunctions,
	run: Run,
	items: Array<Result<In>>,
	end: AbortController,
	work: (value: In, itemIndex: number) => Promise<Out>,
): Promise<Array<Result<Out>>> {
	const node = context.getNode();
	const keepGoing = context.continueOnFail();
	let first: { error: NodeError; itemIndex: number } | undefined;

	const results = await Promise.all(
		items.map(async (item, itemIndex): Promise<Result<Out>> => {
			if (!item.ok) return item;
			try {
				return { ok: true, value: await work(item.value, itemIndex) };
			} catch (thrown) {
				if (!keepGoing && !run.signal.aborted) {
					first = { error: toNodeError(node, thrown, itemIndex), itemIndex };
					end.abort();
				}
				return { ok: false, thrown };
			}
		}),
	);
	if (first) throw withOtherTasks(first.error, first.itemIndex, run.tasks);
	if (!keepGoing) {
		results.forEach((result, itemIndex) => {
			if (!result.ok) throw toNodeError(node, result.thrown, itemIndex);
		});
	}
	return results;
}

/** The run ends for all items, so the error of one also names the tasks of the others. */
function withOtherTasks(
	error: NodeError,
	itemIndex: number,
	tasks: ReadonlyMap<number, string>,
): NodeError {
	const others = [...tasks].filter(([index]) => index !== itemIndex);
	if (others.length === 0) return error;
	const list = others.map(([index, taskId]) => `item ${index}: ${taskId}`).join(', ');
	error.description = `${error.description ?? ''} Tasks of the other items, which go on at CometAPI and are taken up by Retry execution: ${list}.`;
	error.context.other_task_ids = others.map(([, taskId]) => taskId);
	return error;
}
