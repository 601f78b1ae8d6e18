import { ClientRequest } from 'node:http';
import { createRequire } from 'node:module';

import { isRecord } from '../support/isRecord';

/**
 * Lets time pass faster in this process, so that time-outs of minutes can be waited for: the
 * clock, n8n's `sleep`, which is all that the node sleeps by, and the time-outs of HTTP requests.
 *
 * @param speed how many seconds pass in one
 */
export function letTimePassFaster(speed: number): void {
	const start = Date.now();
	const realNow = Date.now.bind(Date);
	Date.now = () => start + (realNow() - start) * speed;

	// n8n-workflow looks its `sleep` up here at each call.
	const requireFromN8n = createRequire(require.resolve('n8n-workflow'));
	const sleepModule: unknown = requireFromN8n('@n8n/utils/sleep');
	if (!hasSleep(sleepModule)) throw new Error('n8n-workflow sleeps by another function.');
	const realSleep = sleepModule.sleep;
	sleepModule.sleep = async (ms, signal) => await realSleep(ms / speed, signal);

	const realSetTimeout = ClientRequest.prototype.setTimeout;
	ClientRequest.prototype.setTimeout = function (this: ClientRequest, ms, callback) {
		return realSetTimeout.call(this, ms / speed, callback);
	};
}

interface SleepModule {
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

function hasSleep(module: unknown): module is SleepModule {
	return isRecord(module) && typeof module.sleep === 'function';
}
