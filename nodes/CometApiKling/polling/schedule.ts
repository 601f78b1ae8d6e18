import type { Forecast } from './forecast';

/**
 * The schedule of looks at a task: how long to leave it alone, from what is known of it.
 *
 * Without a forecast the interval grows with the root of the task's age: where a task may take
 * seconds or hours, its chance to end in the next second falls with its age, and the best density
 * of looks follows the root of that chance (see `Forecast`). With one, looks are rare while the
 * task cannot be done yet and dense while it is likely to be.
 */
export interface ScheduleInput {
	/** How long ago the task was made. */
	ageMs: number;
	/** The user's *Poll Interval*: the interval of a task of which nothing is known. */
	firstIntervalMs: number;
	/** What earlier tasks of this kind took, where that is known. */
	forecast?: Forecast;
	/** From 0 up to 1, for the jitter. */
	random: number;
}

/** However likely a task is to end now, it is not asked for more often than this. */
export const MIN_INTERVAL_MS = 500;

/** Nobody minds half a minute at the end of half an hour, and a callback-less user waits for it. */
export const MAX_INTERVAL_MS = 30_000;

/**
 * Up to this age the interval stays what the user set; then it grows with the root of the age. So
 * it doubles after twelve minutes: growing sooner, a fixed interval of twice the length would find
 * such tasks earlier with fewer looks.
 */
const GROWTH_FROM_AGE_MS = 180_000;

/** Spread of the jitter around the interval: enough to part tasks that were made together. */
const JITTER = 0.1;

/** How long to wait until the next look, in milliseconds. */
export function nextIntervalMs(input: ScheduleInput): number {
	const { ageMs, firstIntervalMs, forecast, random } = input;
	const wanted = forecast
		? forecast.intervalMs(ageMs, firstIntervalMs)
		: grownIntervalMs(ageMs, firstIntervalMs);
	const jittered = wanted * (1 + JITTER * (2 * random - 1));
	return Math.max(MIN_INTERVAL_MS, Math.round(jittered));
}

function grownIntervalMs(ageMs: number, firstIntervalMs: number): number {
	const grown = firstIntervalMs * Math.sqrt(Math.max(1, ageMs / GROWTH_FROM_AGE_MS));
	return Math.max(firstIntervalMs, Math.min(grown, MAX_INTERVAL_MS));
}
