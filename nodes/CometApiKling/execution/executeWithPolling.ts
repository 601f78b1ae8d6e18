import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Job } from '../actions/job';
import type { Result } from '../actions/result';
import { errorItem } from '../output/errorItem';
import type { Run } from '../purchase/run';
import { forEachItem } from './batch';
import { dryRunItem } from './dryRun';
import { executeItem } from './executeItem';

/**
 * Runs all jobs at the same time, as the slots allow, and returns their items in input order
 * (docs/maintainers/decisions.md#items).
 *
 * @param end ends the run for all items; `run.signal` follows it
 * @throws NodeApiError or NodeOperationError with the index of the item
 */
export async function executeWithPolling(
	context: IExecuteFunctions,
	run: Run,
	jobs: Array<Result<Job>>,
	end: AbortController,
): Promise<INodeExecutionData[]> {
	const results = await forEachItem(context, run, jobs, end, async (job, item) =>
		job.kind !== 'task' && job.dryRun
			? await dryRunItem(item, job)
			: await executeItem(item, run, job),
	);
	return finalizeOutput(context, run, results);
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
