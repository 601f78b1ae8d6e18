import pLimit from 'p-limit';

import type { ApiContext } from '../transport/apiRequest';
import { hostClock } from '../transport/hostClock';
import { klingService } from '../transport/klingService';
import { Pacer } from '../polling/limits/pacer';
import { MAX_DOWNLOADS, MAX_QUERIES_PER_SECOND } from '../polling/limits/requestLimits';
import type { Run } from '../purchase/run';

/** The parts of a run that polling needs. */
export type PollingRun = Pick<Run, 'service' | 'pacer' | 'clock' | 'signal'>;

/** The parts of a run that create nothing: tasks are polled and their results downloaded. */
export type ResumeRun = PollingRun & Pick<Run, 'downloads'>;

/**
 * Creates the parts of a run that executions and callbacks both need.
 *
 * @param baseUrl see `readBaseUrl`
 * @param signal aborts when the run ends early; webhook calls can't be canceled, so it is left out
 * there
 */
export function createResumeRun(
	context: ApiContext,
	baseUrl: string,
	signal: AbortSignal = new AbortController().signal,
): ResumeRun {
	return {
		service: klingService(context, baseUrl, hostClock),
		pacer: new Pacer(MAX_QUERIES_PER_SECOND, hostClock),
		clock: hostClock,
		signal,
		downloads: pLimit(MAX_DOWNLOADS),
	};
}
