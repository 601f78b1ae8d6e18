import type { Forecast } from './forecast';

/**
 * What the interval between two polls depends on.
 *
 * Without a forecast, the interval grows with the square root of the task's age: if a task can take
 * seconds or hours, its chance of ending in the next second falls with age, and the best density
 * of polls follows the square root of that chance (see `Forecast`). With a forecast, polls are rare
 * while the task cannot be finished yet, and dense when it is likely to be.
 */
export interface ScheduleInput {
	/** How long ago the task was created. */
	ageMs: number;
	/** The user's *Poll Interval*: the initial interval if there is no forecast. */
	firstIntervalMs: number;
	/** How long earlier tasks of this kind took, if that is known. */
	forecast?: Forecast;
	/** From 0 up to 1, for the jitter. */
	random: number;
}

/** However likely a task is to end now, it is not polled more often than this. */
export const MIN_INTERVAL_MS = 500;

/** After half an hour, half a minute more makes little difference. */
export const MAX_INTERVAL_MS = 30_000;

/**
 * Up to this age, the interval stays as the user set it; then it grows with the square root of the
 * age. So it doubles after twelve minutes. If it grew sooner, a fixed interval of twice the length
 * would find such tasks earlier with fewer polls.
 */
const GROWTH_FROM_AGE_MS = 180_000;

/**
 * Spread of the jitter around the interval: enough to separate tasks that were created together.
 */
const JITTER = 0.1;

/** How long to wait until the next poll, in milliseconds. */
export function nextIntervalMs(input: ScheduleInput): number {
	const { ageMs, firstIntervalMs, forecast, random } = input;
	const intervalMs = forecast
		? forecast.intervalMs(ageMs, firstIntervalMs)
		: grownIntervalMs(ageMs, firstIntervalMs);
	const jitteredMs = intervalMs * (1 + JITTER * (2 * random - 1));
	return Math.max(MIN_INTERVAL_MS, Math.round(jitteredMs));
}

function grownIntervalMs(ageMs: number, firstIntervalMs: number): number {
	const grownMs = firstIntervalMs * Math.sqrt(Math.max(1, ageMs / GROWTH_FROM_AGE_MS));
	return Math.max(firstIntervalMs, Math.min(grownMs, MAX_INTERVAL_MS));
}
