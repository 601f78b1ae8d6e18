import type { Clock } from '../time/clock';

/** Last polls may exceed the rate of other requests, since a deadline cannot be postponed. */
const LAST_POLL_SPEEDUP = 4;

/**
 * Multiples of the golden ratio, modulo one, spread the ranks of tasks evenly over an interval,
 * whichever tasks remain.
 */
const GOLDEN_RATIO = 0.618_033_988_749_895;

/**
 * Spaces out the requests of many tasks so that together they stay below a rate. Each call takes
 * constant time, however many tasks there are.
 */
export class Pacer {
	private nextTurnAt = 0;
	private joined = 0;
	private active = 0;
	/** The highest number of simultaneous tasks since the count was last zero. */
	private mostActive = 0;

	/** @param perSecond requests per second for all callers together */
	constructor(
		private readonly perSecond: number,
		private readonly clock: Clock,
	) {}

	/**
	 * Resolves when the caller may send its request, in the order of the calls, or when the signal
	 * aborts.
	 *
	 * @param latest the latest time on `clock` to let the caller send, even if that exceeds the rate
	 */
	async turn(signal?: AbortSignal, latest = Infinity): Promise<void> {
		const now = this.clock.now();
		const due = Math.max(now, this.nextTurnAt);
		// A request that is sent early takes no place in the queue, so no other caller waits for it.
		if (due <= latest) this.nextTurnAt = due + 1000 / this.perSecond;
		const turnAt = Math.min(due, latest);
		if (turnAt > now) await this.clock.sleep(turnAt - now, signal);
	}

	/** Counts a task until it is done, so that the last polls of all tasks can be spread out. */
	join(): PacedTask {
		const share = (this.joined++ * GOLDEN_RATIO) % 1;
		this.active++;
		this.mostActive = Math.max(this.mostActive, this.active);
		return {
			leadMs: (maxMs) => {
				const neededMs = (this.mostActive * 1000) / (this.perSecond * LAST_POLL_SPEEDUP);
				return share * Math.min(neededMs, maxMs);
			},
			leave: () => {
				this.active--;
				if (this.active === 0) this.mostActive = 0;
			},
		};
	}
}

/** A task that the pacer counts. */
export interface PacedTask {
	/**
	 * How many milliseconds early the last poll of this task must be, so that tasks with the same
	 * deadline are not all polled at once. It never shrinks while the task is counted.
	 *
	 * @param maxMs the most that any task may be early
	 */
	leadMs(maxMs: number): number;
	leave(): void;
}
