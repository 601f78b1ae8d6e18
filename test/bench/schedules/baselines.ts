import type { Schedule } from './watch';

export interface Baseline {
	name: string;
	schedule: Schedule;
}

const GROWTH = { firstMs: 3_000, factor: 1.5, maxMs: 15_000 };
const BY_THE_MINUTE = { stepMs: 5_000, maxMs: 30_000, minuteMs: 60_000 };

/**
 * The schedules that other clients of such services use
 * (docs/maintainers/service-notes.md#task-times-and-client-behavior).
 */
export const BASELINES: Baseline[] = [
	...[2, 3, 5, 10, 15].map((seconds) => ({
		name: `fixed ${seconds} s`,
		schedule: () => seconds * 1000,
	})),
	{
		name: '3 to 15 s, growing by half',
		schedule: (_ageMs, polls) => Math.min(GROWTH.maxMs, GROWTH.firstMs * GROWTH.factor ** polls),
	},
	{
		name: '5 to 30 s, by the minute',
		schedule: (ageMs) => {
			const minute = Math.floor(ageMs / BY_THE_MINUTE.minuteMs);
			return Math.min(BY_THE_MINUTE.maxMs, BY_THE_MINUTE.stepMs * (minute + 1));
		},
	},
];
