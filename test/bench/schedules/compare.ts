import { costAtRequests, costWithKnowledge, costWithoutKnowledge } from './node';
import { optimalCost } from './optimum';
import { seededRandom } from './random';
import { RIVALS, type Rival } from './rivals';
import { TaskTimes } from './taskTimes';
import { watchTasks, type Cost } from './watch';

const MEDIANS_MS = [60_000, 180_000, 600_000];

/**
 * The issue names medians, and no spread. Tasks of one kind, mode and length of audio differ by
 * the service's load: a quarter. A half stands for a workflow in which everything varies.
 */
const SPREADS = [0.25, 0.5];

export const ALL_TIMES = SPREADS.flatMap((spread) =>
	MEDIANS_MS.map((medianMs) => new TaskTimes(medianMs, spread)),
);

const SEED = 1;

/** The node remembers about so many. */
const EARLIER_TASKS = 40;

/** Poll Interval as it is unless the user changes it. */
const DEFAULT_INTERVAL_MS = 5_000;

/** Where two costs differ by less, chance says which is the smaller. */
const NOISE = 0.01;

export interface Comparison {
	times: TaskTimes;
	/** This node with its default interval: without and with knowledge of earlier tasks. */
	cold: Cost;
	warm: Cost;
	baselines: RivalComparison[];
}

export interface RivalComparison {
	rival: Rival;
	cost: Cost;
	/** This node with an interval at which it makes as many requests as the rival. */
	matched(): Cost & { intervalMs: number };
	/** What no schedule with as many requests can pass; it takes a second or two to find. */
	optimum(): Cost;
}

/**
 * Compares this node's schedule with its baselines, over the same tasks.
 *
 * @param count how many tasks are watched
 */
export function compareSchedules(times: TaskTimes, count: number, baselines = RIVALS): Comparison {
	const random = seededRandom(SEED);
	const earlierMs = times.draw(EARLIER_TASKS, random);
	const tasksMs = times.draw(count, random);
	return {
		times,
		cold: costWithoutKnowledge(tasksMs, DEFAULT_INTERVAL_MS),
		warm: costWithKnowledge(earlierMs, tasksMs, DEFAULT_INTERVAL_MS),
		baselines: baselines.map((rival) => {
			const cost = watchTasks(tasksMs, () => rival.schedule);
			return {
				rival,
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
