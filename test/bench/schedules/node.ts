import { ForecastStore } from '../../../nodes/CometApiKling/polling/forecast/forecastStore';
import { nextIntervalMs } from '../../../nodes/CometApiKling/polling/forecast/schedule';
import { seededRandom } from './random';
import { watchTasks, type Cost, type Schedule } from './watch';

/** All tasks of a distribution are of one kind. */
const SIZE = { kind: 'avatar:std' };

const JITTER_SEED = 7;

/**
 * The cost of this node's schedule without experience: the first tasks of a workflow.
 *
 * @param firstIntervalMs the option 'Poll Interval'
 */
export function costWithoutKnowledge(tasksMs: readonly number[], firstIntervalMs: number): Cost {
	const random = seededRandom(JITTER_SEED);
	const schedule: Schedule = (ageMs) =>
		nextIntervalMs({ ageMs, firstIntervalMs, random: random() });
	return watchTasks(tasksMs, () => schedule);
}

/**
 * The cost after earlier tasks of the kind have ended; the schedule learns from each one.
 *
 * @param earlierMs the durations of earlier tasks, which are not counted
 */
export function costWithKnowledge(
	earlierMs: readonly number[],
	tasksMs: readonly number[],
	firstIntervalMs: number,
): Cost {
	const random = seededRandom(JITTER_SEED);
	const store = new ForecastStore(new Map());
	for (const durationMs of earlierMs) store.add(SIZE, durationMs);
	return watchTasks(tasksMs, (order) => {
		const before = tasksMs[order - 1];
		if (before !== undefined) store.add(SIZE, before);
		const forecast = store.forecast(SIZE);
		return (ageMs) => nextIntervalMs({ ageMs, firstIntervalMs, forecast, random: random() });
	});
}

/** The number of requests is nearly proportional to the interval, so a few steps are enough. */
const SEARCH_STEPS = 5;

/** Added in each step, so that the search ends below the target and not above it. */
const MARGIN = 1.002;

/** The minimum of the option. */
const MIN_INTERVAL_MS = 1_000;

/**
 * The cost with experience, at a Poll Interval with which the node sends at most that many
 * requests.
 */
export function costAtRequests(
	earlierMs: readonly number[],
	tasksMs: readonly number[],
	requests: number,
): Cost & { intervalMs: number } {
	const meanMs = tasksMs.reduce((sum, durationMs) => sum + durationMs, 0) / tasksMs.length;
	let intervalMs = meanMs / requests;
	for (let step = 1; ; step++) {
		const cost = costWithKnowledge(earlierMs, tasksMs, intervalMs);
		const isBelow = cost.requests <= requests;
		if (isBelow && (step >= SEARCH_STEPS || intervalMs === MIN_INTERVAL_MS))
			return { ...cost, intervalMs };
		intervalMs = Math.max(MIN_INTERVAL_MS, (intervalMs * MARGIN * cost.requests) / requests);
	}
}
