import { ClientRequest } from 'node:http';
import { sleep } from 'n8n-workflow';

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

	const holder = holderOfSleep();
	const realSleep = holder.sleep;
	holder.sleep = async (ms, signal) => await realSleep(ms / speed, signal);

	const realSetTimeout = ClientRequest.prototype.setTimeout;
	ClientRequest.prototype.setTimeout = function (this: ClientRequest, ms, callback) {
		return realSetTimeout.call(this, ms / speed, callback);
	};
}

interface SleepModule {
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The module from which n8n-workflow passes its `sleep` on; its place differs between lines of n8n. */
function holderOfSleep(): SleepModule {
	for (const loaded of Object.values(require.cache)) {
		const exported: unknown = loaded?.exports;
		if (!isRecord(exported)) continue;
		const property = Object.getOwnPropertyDescriptor(exported, 'sleep');
		if (property?.writable && property.value === sleep && hasSleep(exported)) return exported;
	}
	throw new Error("n8n-workflow's sleep cannot be found.");
}

function hasSleep(module: unknown): module is SleepModule {
	return isRecord(module) && typeof module.sleep === 'function';
}
