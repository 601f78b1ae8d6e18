/** Durations of tasks: log-normal, as the durations of long jobs usually are. */
export class TaskTimes {
	/**
	 * @param medianMs half of the tasks take less time
	 * @param spread standard deviation of the natural logarithm of the durations
	 */
	constructor(
		readonly medianMs: number,
		readonly spread: number,
	) {}

	/** For example `median 60 s, spread 0.25`. */
	get name(): string {
		return `median ${this.medianMs / 1000} s, spread ${this.spread}`;
	}

	/** This many durations, in milliseconds. */
	draw(count: number, random: () => number): number[] {
		return Array.from({ length: count }, () => {
			// The Box-Muller transform to a normal deviate; 1 - u is never 0, whose logarithm is
			// infinite.
			const radius = Math.sqrt(-2 * Math.log(1 - random()));
			const deviate = radius * Math.cos(2 * Math.PI * random());
			return this.medianMs * Math.exp(this.spread * deviate);
		});
	}

	/** The share of tasks that take longer than this. */
	survival(ageMs: number): number {
		if (ageMs <= 0) return 1;
		return 1 - normalCdf(Math.log(ageMs / this.medianMs) / this.spread);
	}
}

/** Abramowitz and Stegun's formula 26.2.17, whose error is below 1e-7. */
function normalCdf(deviate: number): number {
	const t = 1 / (1 + 0.2316419 * Math.abs(deviate));
	const polynomial =
		t *
		(0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
	const tail = (Math.exp((-deviate * deviate) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
	return deviate > 0 ? 1 - tail : tail;
}
