import { randomBytes } from 'crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Job } from '../actions/job';
import { createPollingRun } from '../callback/pollingRun';
import { numberOf } from '../kling/json';
import { ByteBudget } from '../polling/limits/byteBudget';
import { ForecastStore } from '../polling/forecast/forecastStore';
import { limitCreates, MAX_UPLOAD_BYTES } from '../polling/limits/requestLimits';
import { Slots } from '../polling/limits/slots';
import type { AudioLimit } from '../purchase/audioLimit';
import { Costs } from '../purchase/costs';
import { Ledger } from '../purchase/ledger/ledger';
import type { Run } from '../purchase/run';
import { TestedTasks, TestRun } from '../purchase/ledger/testedTasks';
import { onAbort } from '../polling/time/onAbort';
import { hostClock } from '../transport/hostClock';

/**
 * The Kling account may be shared with other customers, so an ID must be random to be unique
 * (docs/maintainers/service-notes.md#tasks).
 */
const RANDOM_BYTES = 8;

/** The tasks that this process created in manual executions. */
const testedTasks = new TestedTasks(hostClock);

/**
 * Creates what all items of one run of the node share.
 *
 * @param audioLimit the limit from *Max Total Seconds*, if it is set
 */
export function createRun(
	context: IExecuteFunctions,
	baseUrl: string,
	jobs: Job[],
	ledger: Ledger,
	audioLimit?: AudioLimit,
): Run {
	const clock = hostClock;
	const end = new AbortController();
	const { signal } = end;
	let failedItem: number | undefined;
	onAbort(context.getExecutionCancelSignal(), () => end.abort());
	const runIndex = runIndexOf(context);
	const paidJobs = jobs.flatMap((job) => (job.kind === 'task' || job.dryRun ? [] : job));
	// The limit may differ from item to item; the lowest one applies to all of them.
	const maxTasks = Math.min(...paidJobs.map(({ maxConcurrentTasks }) => maxConcurrentTasks));
	return {
		...createPollingRun(context, baseUrl, signal),
		fail: (itemIndex) => {
			if (context.continueOnFail() || signal.aborted) return;
			failedItem = itemIndex;
			end.abort();
		},
		failedItem: () => failedItem,
		slots: new Slots(maxTasks, clock, signal),
		ledger,
		creates: limitCreates(),
		uploads: new ByteBudget(MAX_UPLOAD_BYTES, signal),
		forecasts: new ForecastStore(),
		costs: new Costs(),
		audioLimit,
		tests: context.getMode() === 'manual' ? testRun(context) : undefined,
		newExternalId: (itemIndex) => {
			const execution = context.getExecutionId() || 'manual';
			return `n8n-${execution}-${runIndex}-${itemIndex}-${randomBytes(RANDOM_BYTES).toString('hex')}`;
		},
		log: (message, details) => {
			context.logger.info(message, details);
			// In manual executions n8n shows this in the browser console.
			context.sendMessageToUI(message);
		},
	};
}

function testRun(context: IExecuteFunctions): TestRun {
	const node = `${context.getWorkflow().id ?? ''}:${context.getNode().id}`;
	const execution = context.getExecutionId() || randomBytes(RANDOM_BYTES).toString('hex');
	return new TestRun(testedTasks, node, execution);
}

/** The record of what earlier tries of this run of the node paid for. */
export function openLedger(context: IExecuteFunctions): Ledger {
	const nodeContext: IDataObject = context.getContext('node');
	return new Ledger(nodeContext, isToolCall(context) ? 'toolCalls' : runIndexOf(context));
}

function runIndexOf(context: IExecuteFunctions): number {
	return numberOf(context.evaluateExpression('{{ $runIndex }}', 0)) ?? 0;
}

/** n8n runs tools of AI agents in a separate context or, since 2.0, as nodes with this name. */
export function isToolCall(context: IExecuteFunctions): boolean {
	return context.isToolExecution?.() || context.getNode().type.endsWith('Tool');
}
