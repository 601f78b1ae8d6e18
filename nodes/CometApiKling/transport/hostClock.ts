import { sleep } from 'n8n-workflow';

import type { Clock } from '../polling/time/clock';
import { onAbort } from '../polling/time/onAbort';

/**
 * The clock of the computer that runs n8n. `Date.now()` follows every change of the system time,
 * which would shorten or extend a wait; `performance.now()` only counts the time that passes. Linux
 * does not count the time while the computer is suspended; other systems may.
 *
 * `sleep` accepts a signal only from n8n-workflow 2.34 on. In older versions, an abort resolves the
 * promise, and the timer expires on its own.
 */
export const hostClock: Clock = {
	now: () => Math.floor(performance.timeOrigin + performance.now()),
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
