import { ClientRequest } from 'node:http';
import { createRequire } from 'node:module';

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
	const sleepModule: { sleep: (ms: number, signal?: AbortSignal) => Promise<void> } = createRequire(
		require.resolve('n8n-workflow'),
	)('@n8n/utils/sleep');
	const realSleep = sleepModule.sleep;
	sleepModule.sleep = async (ms, signal) => await realSleep(ms / speed, signal);

	const realSetTimeout = ClientRequest.prototype.setTimeout;
	ClientRequest.prototype.setTimeout = function (this: ClientRequest, ms, callback) {
		return realSetTimeout.call(this, ms / speed, callback);
	};
}
