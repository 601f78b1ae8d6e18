import type { Clock } from './time/clock';
import type { PacedTask } from './limits/pacer';

/**
 * A poll that takes longer than this is abandoned and repeated; responses usually take a second.
 */
export const POLL_TIMEOUT_MS = 30_000;

/** Time reserved for a whole poll before the deadline. */
export const LAST_POLL_MS = 1_500;

/** If that poll is quick, one more is made this long before the deadline, to use the time. */
const EXTRA_POLL_MS = 500;

/** In a short wait, these polls are made at most these shares of it before the deadline. */
const LAST_POLL_SHARE = 0.25;
const EXTRA_POLL_SHARE = 0.1;

/** To spread out the last polls of many tasks, at most this share of the wait is given up. */
const MAX_LEAD_SHARE = 0.25;

/** Timers of Node.js can fire a millisecond early. */
const TIMER_TOLERANCE_MS = 5;

/**
 * A busy process can be seconds late. If the delay is longer than this, the computer was suspended.
 */
const MIN_LEAP_MS = 10_000;

/** The network needs some time to come back after that, so the wait continues for this long. */
const AFTER_LEAP_MS = 30_000;

/**
 * When a wait ends, and when its last polls are due. The first of them has all the time that a poll
 * needs. If the clock leaps past the deadline because the computer was suspended, the deadline
 * moves, so that the wait never ends without a poll after the leap.
 */
export class Deadline {
	private endsAt: number;
	/** How long before the end each of the remaining last polls is due, in the order of the polls. */
	private reservedMs: number[];

	constructor(
		private readonly clock: Clock,
		private readonly maxWaitMs: number,
		private readonly task: PacedTask,
	) {
		this.endsAt = clock.now() + maxWaitMs;
		this.reservedMs = lastPollsOf(maxWaitMs);
	}

	/** When the next of the last polls is due. The pause before a poll must not extend beyond it. */
	lastPollAt(): number {
		const leadMs = this.task.leadMs(this.maxWaitMs * MAX_LEAD_SHARE);
		return this.endsAt - leadMs - (this.reservedMs[0] ?? 0);
	}

	/**
	 * Registers that a poll starts.
	 *
	 * @returns how many milliseconds it may take: until the deadline, but never less than what is
	 * reserved for it, even if timers fire late
	 */
	beginPoll(): number {
		this.moveAfterLeap();
		const neededMs = this.reservedMs[0] ?? 0;
		this.dropPassed();
		return Math.min(POLL_TIMEOUT_MS, Math.max(neededMs, this.endsAt - this.clock.now()));
	}

	/** Whether there is no time for another poll. */
	hasPassed(): boolean {
		this.moveAfterLeap();
		this.dropPassed();
		return this.reservedMs.length === 0;
	}

	private dropPassed(): void {
		const now = this.clock.now() + TIMER_TOLERANCE_MS;
		while (this.reservedMs.length > 0 && now >= this.lastPollAt()) this.reservedMs.shift();
	}

	private moveAfterLeap(): void {
		if (this.clock.now() <= this.endsAt + MIN_LEAP_MS) return;
		const restMs = Math.min(AFTER_LEAP_MS, this.maxWaitMs);
		this.endsAt = this.clock.now() + restMs;
		this.reservedMs = lastPollsOf(restMs);
	}
}

function lastPollsOf(waitMs: number): number[] {
	return [
		Math.min(LAST_POLL_MS, waitMs * LAST_POLL_SHARE),
		Math.min(EXTRA_POLL_MS, waitMs * EXTRA_POLL_SHARE),
	];
}
