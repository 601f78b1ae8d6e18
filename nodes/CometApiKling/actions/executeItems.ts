import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { createRun } from '../run/createRun';
import { toNodeError } from '../run/nodeError';
import { runJobs, type CheckedItem } from '../run/runJobs';
import { readBaseUrl } from '../transport/apiRequest';
import { isLoopback } from '../transport/baseUrl';
import { onAbort } from '../wait/onAbort';
import { checkForms } from './checkForms';

/** For jobs that create nothing, so that no limit of the user applies. */
const DEFAULT_CONCURRENT_TASKS = 10;

/**
 * Runs the node: all forms are read and checked, then all jobs are run (SPEC 4).
 *
 * @throws NodeOperationError or NodeApiError with the index of the item
 */
export async function executeItems(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const baseUrl = await readBaseUrlOrExplain(context);
	const checked = await checkForms(context, { apiIsLocal: isLoopback(new URL(baseUrl)) });
	if (!context.continueOnFail()) refuseBadItems(context, checked);

	const end = new AbortController();
	onAbort(context.getExecutionCancelSignal(), () => end.abort());
	const run = createRun(context, baseUrl, tasksAtOnce(checked), end.signal);
	try {
		return await runJobs(context, run, checked, end);
	} finally {
		run.forecasts.save();
	}
}

async function readBaseUrlOrExplain(context: IExecuteFunctions): Promise<string> {
	try {
		return await readBaseUrl(context);
	} catch (error) {
		if (!(error instanceof RangeError)) throw toNodeError(context.getNode(), error, 0);
		throw new NodeOperationError(context.getNode(), error.message, {
			description: 'Open the CometAPI credential of this node and change its Base URL.',
		});
	}
}

/** Nothing is spent if one item is bad (SPEC 4). */
function refuseBadItems(context: IExecuteFunctions, checked: CheckedItem[]): void {
	const badIndex = checked.findIndex((item) => item.kind === 'error');
	const bad = checked[badIndex];
	if (bad?.kind === 'error') throw toNodeError(context.getNode(), bad.thrown, badIndex);
}

/** The limit may differ from item to item; the smallest is what all of them keep to. */
function tasksAtOnce(checked: CheckedItem[]): number {
	const limits = checked.flatMap((item) =>
		item.kind === 'job' ? (item.job.maxConcurrentTasks ?? []) : [],
	);
	return limits.length === 0 ? DEFAULT_CONCURRENT_TASKS : Math.min(...limits);
}
