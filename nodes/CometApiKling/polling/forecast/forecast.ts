/** Statistics of finished tasks, stored so that another task can be added (Welford's method). */
export interface Experience {
	count: number;
	/** Mean of the natural logarithms of the durations in milliseconds. */
	meanLogMs: number;
	/** Sum of the squared deviations from that mean. */
	squares: number;
}

export const NO_EXPERIENCE: Experience = { count: 0, meanLogMs: 0, squares: 0 };

/**
 * Older tasks count less. With a memory of this many, a change in the service's speed shows within
 * a day.
 */
const MEMORY_TASKS = 40;

/** Adds the duration of one task. Durations of zero or less are ignored. */
export function learn(experience: Experience, durationMs: number): Experience {
	if (!(durationMs > 0) || !Number.isFinite(durationMs)) return experience;
	const kept = Math.min(experience.count, MEMORY_TASKS - 1);
	const fade = experience.count === 0 ? 0 : kept / experience.count;
	const log = Math.log(durationMs);
	const count = kept + 1;
	const distance = log - experience.meanLogMs;
	const meanLogMs = experience.meanLogMs + distance / count;
	return { count, meanLogMs, squares: experience.squares * fade + distance * (log - meanLogMs) };
}

/** Converts a standard deviation of the logarithm into the shape of a log-logistic distribution. */
const SHAPE_PER_SPREAD = Math.PI / Math.sqrt(3);

/** A task can fail long before others of its kind succeed, so it is polled at least this often. */
const MAX_BLIND_MS = 60_000;

/** The hazard is treated as constant over this share of the median. */
const STEP_SHARE = 1 / 200;

/**
 * Steps are no shorter than this, so that a median of milliseconds does not need millions of them.
 */
const MIN_STEP_MS = 10;

/** The end of tasks that take longer than this may be noticed a little later. */
const PATIENCE_FROM_MS = 600_000;

/**
 * When tasks of a kind are likely to end, as a log-logistic distribution: close to the log-normal
 * one that such times follow, with a hazard (the chance of ending now, if not yet ended) in closed
 * form.
 *
 * With a given number of polls, the mean lag is smallest if their density follows the square root
 * of the hazard: minimize the integral of f/(2d) for a fixed integral of d*S. Here the density is
 * sqrt(hazard * mean time) / interval. If the hazard is constant, that is one poll each interval.
 * For all other distributions there are fewer polls and a smaller lag, both by the same factor
 * (which Cauchy's inequality keeps below one).
 */
export class Forecast {
	private readonly shape: number;
	private readonly meanMs: number;

	/**
	 * @param medianMs half of the tasks take less time
	 * @param spread standard deviation of the natural logarithm of the durations
	 */
	constructor(
		readonly medianMs: number,
		readonly spread: number,
	) {
		this.shape = SHAPE_PER_SPREAD / spread;
		this.meanMs = medianMs * Math.exp((spread * spread) / 2);
	}

	/**
	 * How long to wait before the next poll of a task of this age, in milliseconds.
	 *
	 * @param firstIntervalMs the interval for a task whose chance of ending is constant
	 */
	intervalMs(ageMs: number, firstIntervalMs: number): number {
		const patience = Math.sqrt(Math.max(1, this.medianMs / PATIENCE_FROM_MS));
		const due = (firstIntervalMs * patience) / Math.sqrt(this.meanMs);
		const stepMs = Math.max(MIN_STEP_MS, this.medianMs * STEP_SHARE);
		let sum = 0;
		let intervalMs = 0;
		while (sum < due && intervalMs < MAX_BLIND_MS) {
			const more = Math.sqrt(this.hazard(ageMs + intervalMs + stepMs / 2)) * stepMs;
			intervalMs += stepMs * Math.min(1, (due - sum) / more);
			sum += more;
		}
		return Math.min(intervalMs, MAX_BLIND_MS);
	}

	private hazard(ageMs: number): number {
		const odds = (ageMs / this.medianMs) ** this.shape;
		// Far beyond the median, the odds overflow to infinity while the share tends to one.
		const share = odds === Infinity ? 1 : odds / (1 + odds);
		return (this.shape / ageMs) * share;
	}
}
