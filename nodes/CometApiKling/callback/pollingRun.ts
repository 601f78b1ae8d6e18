import type { DownloadRun } from '../output/delivery';
import { Pacer } from '../polling/limits/pacer';
import { limitDownloads, MAX_QUERIES_PER_SECOND } from '../polling/limits/requestLimits';
import type { Poller } from '../polling/pollTask';
import type { ApiContext } from '../transport/apiRequest';
import { hostClock } from '../transport/hostClock';
import { klingService } from '../transport/klingService';

/** The parts of a run that create nothing: tasks are polled and their results downloaded. */
export type PollingRun = Poller & DownloadRun;

/**
 * Creates the parts of a run that executions and callbacks both need.
 *
 * @param baseUrl see `readBaseUrl`
 * @param signal aborts when the run ends early; webhook calls can't be canceled, so it is left out
 * there
 */
export function createPollingRun(
	context: ApiContext,
	baseUrl: string,
	signal: AbortSignal = new AbortController().signal,
): PollingRun {
	return {
		service: klingService(context, baseUrl, hostClock),
		pacer: new Pacer(MAX_QUERIES_PER_SECOND, hostClock),
		clock: hostClock,
		signal,
		downloads: limitDownloads(),
	};
}
