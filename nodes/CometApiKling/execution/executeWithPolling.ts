import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Job } from '../actions/job';
import type { Result } from '../actions/result';
import type { Run } from '../purchase/run';
import { errorItem } from '../output/errorItem';
import { runAll } from './batch';
import { runItem } from './executeItem';

/**
 * Runs all jobs at the same time, as far as the slots allow, and gives their items in input order
 * (SPEC 4).
 *
 * @param end ends the run for all items; `run.signal` follows it
 * @throws NodeApiError or NodeOperationError with the index of the item
 */
export async function runJobs(
	context: IExecuteFunctions,
	run: Run,
	jobs: Array<Result<Job>>,
	end: AbortController,
): Promise<INodeExecutionData[]> {
	const results = await runAll(
		context,
		run,
		jobs,
		end,
		async (job) => await runItem(context, run, job),
	);
	return finalizeOutput(context, run, results);
}

/**
 * The output of the node. What was delivered is dropped from the ledger now that it is handed on.
 * Unless the first item is an error: Retry On Fail then runs the node again for all items
 * (N8N.md), and what was delivered would be bought a second time.
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
