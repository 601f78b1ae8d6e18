import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Job, Result } from '../actions/job';
import type { Run } from '../purchase/run';
import { finalizeOutput, forEachItem } from './forEachItem';
import { dryRunItem } from './dryRun';
import { executeItem } from './executeItem';

/**
 * Runs all jobs at the same time, as the slots allow, and returns their items in input order
 * (docs/maintainers/decisions.md#items).
 *
 * @throws NodeApiError or NodeOperationError with the index of the item
 */
export async function executeWithPolling(
	context: IExecuteFunctions,
	run: Run,
	jobs: Array<Result<Job>>,
): Promise<INodeExecutionData[]> {
	const results = await forEachItem(context, run, jobs, async (job, input) =>
		job.kind !== 'task' && job.dryRun
			? await dryRunItem(context, job, input)
			: await executeItem(context, run, job, input),
	);
	return finalizeOutput(context, run, results);
}
