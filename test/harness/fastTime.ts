import { ClientRequest } from 'node:http';
import { sleep } from 'n8n-workflow';

import { isRecord } from '../support/isRecord';

/**
 * Accelerates time in this process, so that tests can wait for timeouts of minutes: the clock,
 * n8n's `sleep`, which is the only sleep of the node, and the timeouts of HTTP requests.
 *
 * @param speed how many seconds pass per second
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

/**
 * The module from which n8n-workflow exports its `sleep`; its path differs between versions of n8n.
 */
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
