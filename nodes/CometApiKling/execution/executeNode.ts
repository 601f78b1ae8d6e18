import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { textOf } from '../kling/json';
import { createRun } from './createRun';
import { toNodeError } from '../output/nodeError';
import type { Job } from '../actions/job';
import type { Result } from '../actions/result';
import { runJobs } from './executeWithPolling';
import { runUntilCallback } from './executeWithCallback';
import { readBaseUrl } from '../transport/apiRequest';
import { isLoopback } from '../transport/baseUrl';
import { onAbort } from '../polling/onAbort';
import { validateItems } from '../actions/validateItems';
import { throwIfInvalid } from './throwIfInvalid';

/** For jobs that create nothing, so that no limit of the user applies. */
const DEFAULT_CONCURRENT_TASKS = 10;

/**
 * Runs the node: all forms are read and checked, then all jobs are run (SPEC 4).
 *
 * @throws NodeOperationError or NodeApiError with the index of the item
 */
export async function executeItems(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const baseUrl = await readBaseUrlOrExplain(context);
	const checked = await validateItems(context, {
		apiIsLocal: isLoopback(new URL(baseUrl)),
		isToolCall: isToolCall(context),
		resumeUrl: textOf(context.evaluateExpression('{{ $execution.resumeUrl }}', 0)) ?? '',
	});
	if (!context.continueOnFail()) throwIfInvalid(context, checked);
	showHint(context, checked);

	const end = new AbortController();
	onAbort(context.getExecutionCancelSignal(), () => end.abort());
	const run = createRun(context, baseUrl, lowestConcurrency(checked), end.signal);
	try {
		const usesCallback = checked.some((item) => item.ok && item.value.wait?.usesCallback);
		return await (usesCallback ? runUntilCallback : runJobs)(context, run, checked, end);
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

/** One hint for all items, since n8n shows each of them in a box of its own; older n8n has none. */
function showHint(context: IExecuteFunctions, checked: Array<Result<Job>>): void {
	const hints = checked.flatMap((item) =>
		item.ok && item.value.hint !== undefined
			? [`Item ${item.value.itemIndex}: ${item.value.hint}`]
			: [],
	);
	const [first] = hints;
	if (first === undefined) return;
	const others = hints.length === 1 ? '' : ` So it is with ${hints.length - 1} more of the items.`;
	context.addExecutionHints?.({ message: `${first}${others}`, type: 'warning' });
}

/** The limit may differ from item to item; the smallest is what all of them keep to. */
function lowestConcurrency(checked: Array<Result<Job>>): number {
	const limits = checked.flatMap((item) =>
		item.ok && item.value.kind !== 'task' ? item.value.maxConcurrentTasks : [],
	);
	return limits.length === 0 ? DEFAULT_CONCURRENT_TASKS : Math.min(...limits);
}

/** n8n runs tools of AI agents in a context of their own, or, since 2.0, as nodes with this name. */
function isToolCall(context: IExecuteFunctions): boolean {
	return context.isToolExecution?.() || context.getNode().type.endsWith('Tool');
}
