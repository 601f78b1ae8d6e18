import { costAtRequests, costWithKnowledge, costWithoutKnowledge } from './node';
import { optimalCost } from './optimum';
import { seededRandom } from './random';
import { BASELINES, type Baseline } from './baselines';
import { TaskTimes } from './taskTimes';
import { watchTasks, type Cost } from './watch';

const MEDIANS_MS = [60_000, 180_000, 600_000];

/**
 * The issue specifies medians, but no spread. Durations of tasks of one kind, mode and length of
 * audio vary only with the load of the service: a spread of 0.25. A workflow in which everything
 * varies has a spread of 0.5.
 */
const SPREADS = [0.25, 0.5];

export const ALL_TIMES = SPREADS.flatMap((spread) =>
	MEDIANS_MS.map((medianMs) => new TaskTimes(medianMs, spread)),
);

const SEED = 1;

/** The node remembers about this many tasks. */
const EARLIER_TASKS = 40;

/** The default of 'Poll Interval'. */
const DEFAULT_INTERVAL_MS = 5_000;

/** If two costs differ by less, the difference is due to chance. */
const NOISE = 0.01;

export interface Comparison {
	times: TaskTimes;
	/** This node with its default interval, without and with experience from earlier tasks. */
	cold: Cost;
	warm: Cost;
	baselines: BaselineComparison[];
}

export interface BaselineComparison {
	baseline: Baseline;
	cost: Cost;
	/** This node with an interval at which it sends as many requests as the baseline. */
	matched(): Cost & { intervalMs: number };
	/** The limit for any schedule with as many requests; the search takes a second or two. */
	optimum(): Cost;
}

/**
 * Compares this node's schedule with the baselines, using the same tasks.
 *
 * @param count how many tasks are polled
 */
export function compareSchedules(
	times: TaskTimes,
	count: number,
	baselines = BASELINES,
): Comparison {
	const random = seededRandom(SEED);
	const earlierMs = times.draw(EARLIER_TASKS, random);
	const tasksMs = times.draw(count, random);
	return {
		times,
		cold: costWithoutKnowledge(tasksMs, DEFAULT_INTERVAL_MS),
		warm: costWithKnowledge(earlierMs, tasksMs, DEFAULT_INTERVAL_MS),
		baselines: baselines.map((baseline) => {
			const cost = watchTasks(tasksMs, () => baseline.schedule);
			return {
				baseline,
				cost,
				matched: () => costAtRequests(earlierMs, tasksMs, cost.requests),
				optimum: () => optimalCost(times, cost.requests),
			};
		}),
	};
}

/** Whether a cost is smaller than another in both respects, by more than chance. */
export function isBetter(cost: Cost, other: Cost): boolean {
	return cost.lagMs < other.lagMs * (1 - NOISE) && cost.requests < other.requests * (1 - NOISE);
}
