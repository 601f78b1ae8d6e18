import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Result } from '../actions/job';
import { withoutApiKey } from '../output/describeError';
import { errorItem } from '../output/errorItem';
import { toNodeError, type NodeError } from '../output/nodeError';
import type { Run } from '../purchase/run';

/**
 * Processes all items at the same time, except those that failed already. Without *continue on
 * fail* the first error ends the run: nothing more is submitted, tasks that exist continue, and the
 * error names every task that has been paid for.
 *
 * @param work gets the fields of the input item, too
 * @throws NodeApiError or NodeOperationError with the index of the item
 */
export async function forEachItem<In, Out>(
	context: IExecuteFunctions,
	run: Run,
	items: Array<Result<In>>,
	work: (value: In, input: IDataObject) => Promise<Out>,
): Promise<Array<Result<Out>>> {
	const node = context.getNode();
	const input = context.getInputData();
	const keepGoing = context.continueOnFail();
	let first: { error: NodeError; itemIndex: number } | undefined;

	const results = await Promise.all(
		items.map(async (item, itemIndex): Promise<Result<Out>> => {
			if (!item.ok) return item;
			try {
				const fields = input[itemIndex]?.json ?? {};
				return { ok: true, value: await work(item.value, fields) };
			} catch (error) {
				const endsRun = !keepGoing && !run.signal.aborted;
				// Abort before the credential is read, so that nothing else is submitted in the meantime.
				if (endsRun) run.abort();
				const thrown = await withoutApiKey(context, error);
				if (endsRun) first = { error: toNodeError(node, thrown, itemIndex), itemIndex };
				return { ok: false, thrown };
			}
		}),
	);
	if (first) throw withOtherTasks(first.error, first.itemIndex, run);
	if (!keepGoing) {
		results.forEach((result, itemIndex) => {
			if (!result.ok) throw toNodeError(node, result.thrown, itemIndex);
		});
	}
	return results;
}

/**
 * Returns the output. Delivered tasks are removed from the ledger, unless the first item is an
 * error: then Retry On Fail runs the node again for all items
 * (docs/maintainers/n8n-notes.md#waiting-and-resuming), and delivered tasks would be created a
 * second time.
 */
export function finalizeOutput(
	context: IExecuteFunctions,
	run: Run,
	results: Array<Result<INodeExecutionData>>,
): INodeExecutionData[] {
	const output = results.map((result, itemIndex) =>
		result.ok ? result.value : errorItem(context, result.thrown, itemIndex),
	);
	if (output[0]?.json.error !== undefined) run.ledger.keepForRetries();
	const delivered = results.flatMap((result, itemIndex) => (result.ok ? [itemIndex] : []));
	run.ledger.deleteItems(new Set(delivered));
	return output;
}

/** The run ends for all items, so its error lists the paid tasks of all items. */
function withOtherTasks(error: NodeError, itemIndex: number, run: Run): NodeError {
	const tasks = othersOf(run.tasks, itemIndex);
	const unconfirmed = othersOf(run.ledger.unconfirmed(), itemIndex);
	if (tasks.length > 0) {
		error.description = `${error.description ?? ''} These tasks of other items continue at CometAPI, and retrying the execution resumes them: ${listOf(tasks)}.`;
		error.context.other_task_ids = tasks.flatMap(([, ids]) => ids);
	}
	if (unconfirmed.length > 0) {
		error.description = `${error.description ?? ''} External IDs of other items whose tasks may exist: ${listOf(unconfirmed)}.`;
		error.context.other_external_task_ids = unconfirmed.flatMap(([, ids]) => ids);
	}
	return error;
}

type IdsOfItem = [itemIndex: number, ids: string[]];

function othersOf(ids: ReadonlyMap<number, string[]>, itemIndex: number): IdsOfItem[] {
	return [...ids].filter(([index]) => index !== itemIndex);
}

function listOf(items: IdsOfItem[]): string {
	return items.map(([index, ids]) => `item ${index}: ${ids.join(', ')}`).join('; ');
}
