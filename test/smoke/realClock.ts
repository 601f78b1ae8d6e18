import { setTimeout as pause } from 'node:timers/promises';

import type { Clock } from '../../nodes/CometApiKling/polling/time/clock';

/** The clock of this machine. */
export const realClock: Clock = {
	now: () => performance.timeOrigin + performance.now(),
	random: () => Math.random(),
	sleep: async (milliseconds, signal) =>
		await pause(milliseconds, undefined, { signal }).catch(() => undefined),
};
