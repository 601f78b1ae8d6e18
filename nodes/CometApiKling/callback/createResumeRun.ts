import type { IWebhookFunctions } from 'n8n-workflow';
import pLimit from 'p-limit';

import { readBaseUrl } from '../transport/apiRequest';
import { hostClock } from '../transport/hostClock';
import { klingService } from '../transport/klingService';
import { Pacer } from '../polling/pacer';
import { MAX_DOWNLOADS, MAX_QUERIES_PER_SECOND } from '../polling/requestLimits';
import type { Run } from '../purchase/run';

/** What is needed where nothing is created: tasks are looked at and their results fetched. */
export type ResumeRun = Pick<Run, 'service' | 'pacer' | 'clock' | 'signal' | 'downloads'>;

/**
 * Puts together what the answer to a callback needs.
 *
 * @throws what `readBaseUrl` throws
 */
export async function createResumeRun(context: IWebhookFunctions): Promise<ResumeRun> {
	return {
		service: klingService(context, await readBaseUrl(context), hostClock),
		pacer: new Pacer(MAX_QUERIES_PER_SECOND, hostClock),
		clock: hostClock,
		// Nobody can cancel a webhook.
		signal: new AbortController().signal,
		downloads: pLimit(MAX_DOWNLOADS),
	};
}
