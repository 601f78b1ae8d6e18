import { randomBytes } from 'crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import pLimit from 'p-limit';

import { numberOf } from '../kling/json';
import { hostClock } from '../transport/hostClock';
import { klingService } from '../transport/klingService';
import { Pacer } from '../polling/pacer';
import { Slots } from '../polling/slots';
import { ForecastStore } from '../polling/forecastStore';
import { Ledger } from '../purchase/ledger';
import {
	MAX_CREATES,
	MAX_DOWNLOADS,
	MAX_QUERIES_PER_SECOND,
	MAX_UPLOADS,
} from '../polling/requestLimits';
import type { Run } from '../purchase/run';

/** Tells apart equal executions of different n8n servers that share an account. */
const RANDOM_BYTES = 4;

/**
 * Puts together what all items of one run of the node share.
 *
 * @param maxConcurrentTasks the user's limit of unfinished tasks
 * @param signal aborts when the run ends early
 */
export function createRun(
	context: IExecuteFunctions,
	baseUrl: string,
	maxConcurrentTasks: number,
	signal: AbortSignal,
): Run {
	const clock = hostClock;
	const nodeContext: IDataObject = context.getContext('node');
	const runIndex = numberOf(context.evaluateExpression('{{ $runIndex }}', 0)) ?? 0;
	return {
		service: klingService(context, baseUrl, clock),
		clock,
		signal,
		slots: new Slots(maxConcurrentTasks, clock, signal),
		pacer: new Pacer(MAX_QUERIES_PER_SECOND, clock),
		ledger: new Ledger(nodeContext, runIndex),
		creates: pLimit(MAX_CREATES),
		uploads: pLimit(MAX_UPLOADS),
		downloads: pLimit(MAX_DOWNLOADS),
		forecasts: new ForecastStore(context.getWorkflowStaticData('node')),
		tasks: new Map(),
		newExternalId: (itemIndex) => {
			const execution = context.getExecutionId() || 'manual';
			return `n8n-${execution}-${runIndex}-${itemIndex}-${randomBytes(RANDOM_BYTES).toString('hex')}`;
		},
		log: (message, details) => context.logger.info(message, details),
	};
}
