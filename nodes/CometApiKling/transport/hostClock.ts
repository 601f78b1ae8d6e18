import { sleep } from 'n8n-workflow';

import type { Clock } from '../polling/clock';
import { onAbort } from '../polling/onAbort';

/**
 * The clock of the machine that runs n8n. `sleep` takes a signal only from n8n-workflow 2.34 on;
 * before, the promise is left at an abort while its timer runs out by itself.
 */
export const hostClock: Clock = {
	now: () => Date.now(),
	random: () => Math.random(),
	sleep: async (milliseconds, signal) => {
		if (signal?.aborted) return;
		const timer = new AbortController();
		await new Promise<void>((resolve) => {
			const unsubscribe = onAbort(signal, () => {
				resolve();
				timer.abort();
			});
			const wake = (): void => {
				unsubscribe();
				resolve();
			};
			sleep(milliseconds, timer.signal).then(wake, wake);
		});
	},
};
