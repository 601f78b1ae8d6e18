import type { TaskTimes } from './taskTimes';
import type { Cost } from './watch';

/** The ages at which a poll is possible; twice as many do not change the table. */
const GRID_POINTS = 4_000;

/** The grid ends when fewer than one task in a million is still running. */
const LAST_SURVIVAL = 1e-6;

const SEARCH_STEPS = 18;

/**
 * The smallest mean lag of any schedule with this many requests per task, even if it knows the
 * distribution: found by dynamic programming over the ages of the polls.
 *
 * A price per request combines the two goals; the search finds the price that leads to the number
 * of requests. The result is on the edge of what is possible, which no schedule exceeds.
 */
export function optimalCost(times: TaskTimes, requests: number): Cost {
	const grid = new Grid(times);
	let low = Math.log(times.medianMs * 1e-5);
	let high = Math.log(times.medianMs);
	for (let step = 0; step < SEARCH_STEPS; step++) {
		const middle = (low + high) / 2;
		if (grid.bestAt(Math.exp(middle)).requests > requests) low = middle;
		else high = middle;
	}
	return grid.bestAt(Math.exp(high));
}

class Grid {
	private readonly stepMs: number;
	/** At each age: the share of tasks that are still running, and its sum up to there. */
	private readonly survival: number[];
	private readonly area: number[] = [0];

	constructor(times: TaskTimes) {
		let endMs = times.medianMs;
		while (times.survival(endMs) > LAST_SURVIVAL) endMs *= 1.02;
		this.stepMs = endMs / GRID_POINTS;
		this.survival = Array.from({ length: GRID_POINTS + 1 }, (_, index) =>
			times.survival(index * this.stepMs),
		);
		for (let index = 1; index <= GRID_POINTS; index++) {
			const mean = (this.survivalAt(index - 1) + this.survivalAt(index)) / 2;
			this.area.push((this.area[index - 1] ?? 0) + mean * this.stepMs);
		}
	}

	private survivalAt(index: number): number {
		return this.survival[index] ?? 0;
	}

	/** The best schedule if a request costs as much as this lag. */
	bestAt(priceMs: number): Cost {
		const total = new Float64Array(GRID_POINTS + 1);
		const lag = new Float64Array(GRID_POINTS + 1);
		const polls = new Float64Array(GRID_POINTS + 1);
		for (let from = GRID_POINTS - 1; from >= 0; from--) {
			const alive = this.survivalAt(from);
			let best = Infinity;
			let bestTo = GRID_POINTS;
			for (let to = from + 1; to <= GRID_POINTS; to++) {
				const here = this.lagBetween(from, to);
				if (here > best) break;
				const cost = here + (total[to] ?? 0);
				if (cost < best) [best, bestTo] = [cost, to];
			}
			total[from] = best + priceMs * alive;
			lag[from] = this.lagBetween(from, bestTo) + (lag[bestTo] ?? 0);
			polls[from] = alive + (polls[bestTo] ?? 0);
		}
		return { lagMs: lag[0] ?? 0, requests: polls[0] ?? 0 };
	}

	/** Lag of the tasks that end between two polls: the integral of the share that has ended. */
	private lagBetween(from: number, to: number): number {
		const ran = (this.area[to] ?? 0) - (this.area[from] ?? 0);
		return this.survivalAt(from) * (to - from) * this.stepMs - ran;
	}
}
