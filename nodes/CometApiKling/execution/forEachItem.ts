import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Result } from '../actions/job';
import { withoutApiKey } from '../output/describeError';
import { errorItem } from '../output/errorItem';
import { toNodeError } from '../output/nodeError';
import type { Run } from '../purchase/run';
import { nameCharges } from './nameCharges';

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

	const results = await Promise.all(
		items.map(async (item, itemIndex): Promise<Result<Out>> => {
			if (!item.ok) return item;
			try {
				const fields = input[itemIndex]?.json ?? {};
				return { ok: true, value: await work(item.value, fields) };
			} catch (error) {
				// End the run before the credential is read, so that nothing else is submitted.
				run.fail(itemIndex);
				return { ok: false, thrown: await withoutApiKey(context, error) };
			}
		}),
	);
	if (context.continueOnFail()) return results;
	const itemIndex = run.failedItem() ?? results.findIndex((result) => !result.ok);
	const failed = results[itemIndex];
	if (!failed || failed.ok) return results;
	throw nameCharges(toNodeError(node, failed.thrown, itemIndex), itemIndex, run.ledger);
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
		result.ok
			? result.value
			: errorItem(context, result.thrown, itemIndex, run.ledger.chargesOf(itemIndex)),
	);
	if (output[0]?.json.error !== undefined) run.ledger.keepForRetries();
	const delivered = results.flatMap((result, itemIndex) => (result.ok ? [itemIndex] : []));
	run.ledger.deleteItems(new Set(delivered));
	return output;
}
