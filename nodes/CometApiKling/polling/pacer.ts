import type { Clock } from './clock';

/** Spaces out requests of many tasks, so that together they stay below a rate. */
export class Pacer {
	private nextTurnAt = 0;

	/** @param perSecond turns a second, over all who ask */
	constructor(
		private readonly perSecond: number,
		private readonly clock: Clock,
	) {}

	/**
	 * Resolves when it is the caller's turn, in the order of asking, or when the signal aborts.
	 *
	 * @param latest Unix milliseconds by which the caller must have its turn, due or not
	 */
	async turn(signal?: AbortSignal, latest = Infinity): Promise<void> {
		const now = this.clock.now();
		const due = Math.max(now, this.nextTurnAt);
		this.nextTurnAt = due + 1000 / this.perSecond;
		const turnAt = Math.min(due, latest);
		if (turnAt > now) await this.clock.sleep(turnAt - now, signal);
	}
}
