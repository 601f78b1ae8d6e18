import type { Clock } from '../time/clock';
import { onAbort } from '../time/onAbort';

/**
 * First pause after a rejection: tasks of others take minutes, but one of ours may end at any time.
 */
const FIRST_PROBE_MS = 5_000;

/**
 * The factor by which each pause grows while nothing is accepted. It limits an item to two or three
 * rejections, however long our own tasks hold the slots.
 */
const PROBE_GROWTH = 3;

/**
 * Longest pause while tasks of ours run: when they end, the next items are sent without a probe.
 */
const MAX_PROBE_MS = 90_000;

/** Longest pause while none of our tasks runs: only others can free a slot then. */
const MAX_LONE_PROBE_MS = 15_000;

/**
 * The number of requests in flight before the first response; then one more for each task that
 * was accepted. This doubles with each round of responses, and few are refused if slots are scarce.
 */
const FIRST_REQUESTS = 2;

/** Spread of the jitter around a pause, so that two workflows do not probe at the same time. */
const JITTER = 0.2;

/** The service may ask for a longer pause, but it is limited to this. */
const MAX_RETRY_AFTER_MS = 120_000;

/** A place in the queue for the tasks that may run at the same time. */
export interface Slot {
	/** The service accepted the task: the slot is held until `release`. */
	accepted: () => void;
	/** The service has no free slot: the slot is returned, and the queue pauses. */
	refused: (retryAfterMs?: number) => void;
	/** The task ended, or none was created. */
	release: () => void;
}

interface Waiting {
	order: number;
	admit(slot: Slot | undefined): void;
}

/**
 * Manages the slots for unfinished tasks, first come, first served.
 *
 * The user sets an upper limit. How many slots the account really has, given other users' tasks,
 * is learned from rejections (codes 1302 and 1303). After a rejection, an item is sent
 * when one of our tasks ends, and one probe at a time is sent after a growing pause.
 */
export class Slots {
	private readonly queue: Waiting[] = [];
	private active = 0;
	private pending = 0;
	private detectedLimit: number;
	private probeAt = 0;
	private probePauseMs = FIRST_PROBE_MS;
	private probing = false;
	private timerRuns = false;

	constructor(
		private readonly limit: number,
		private readonly clock: Clock,
		private readonly signal?: AbortSignal,
	) {
		this.detectedLimit = limit;
		onAbort(signal, () => this.cancelWaiters());
	}

	/**
	 * Waits for a slot.
	 *
	 * @param order the item's index: a rejected item goes before the items after it
	 * @param deadline when a pause no longer delays the caller, on the clock
	 * @returns `undefined` once the signal has aborted
	 */
	async acquire(order: number, deadline = Infinity): Promise<Slot | undefined> {
		if (this.signal?.aborted) return undefined;
		const admitted = new AbortController();
		return await new Promise((resolve) => {
			const waiting: Waiting = {
				order,
				admit: (slot) => {
					admitted.abort();
					resolve(slot);
				},
			};
			const behind = this.queue.findIndex((other) => other.order > order);
			this.queue.splice(behind < 0 ? this.queue.length : behind, 0, waiting);
			this.processQueue();
			if (deadline < Infinity) void this.admitAt(deadline, waiting, admitted.signal);
		});
	}

	/** Admits a waiting item to its last probe, unless our own tasks hold all slots of the limit. */
	private async admitAt(deadline: number, waiting: Waiting, admitted: AbortSignal): Promise<void> {
		// Timers can fire early, and a probe before the deadline would not be the last one.
		for (let now = this.clock.now(); now < deadline; now = this.clock.now()) {
			if (admitted.aborted) return;
			await this.clock.sleep(deadline - now, admitted);
		}
		if (admitted.aborted || this.active + this.pending >= this.limit) return;
		this.queue.splice(this.queue.indexOf(waiting), 1);
		this.pending++;
		waiting.admit(this.slot(false));
	}

	private processQueue(): void {
		while (this.queue.length > 0 && this.pending < FIRST_REQUESTS + this.active) {
			const isProbe = this.active + this.pending >= this.detectedLimit;
			if (isProbe && !this.mayProbe()) return;
			const next = this.queue.shift();
			if (isProbe) this.probing = true;
			this.pending++;
			next?.admit(this.slot(isProbe));
		}
	}

	private mayProbe(): boolean {
		if (this.probing || this.active + this.pending >= this.limit) return false;
		if (this.clock.now() >= this.probeAt) return true;
		void this.wakeForProbe();
		return false;
	}

	private async wakeForProbe(): Promise<void> {
		if (this.timerRuns) return;
		this.timerRuns = true;
		await this.clock.sleep(this.probeAt - this.clock.now(), this.signal);
		this.timerRuns = false;
		if (!this.signal?.aborted) this.processQueue();
	}

	private slot(isProbe: boolean): Slot {
		let state: 'pending' | 'active' | 'released' = 'pending';
		const endPending = (next: 'active' | 'released'): boolean => {
			if (state !== 'pending') return false;
			state = next;
			this.pending--;
			if (isProbe) this.probing = false;
			return true;
		};
		return {
			accepted: () => {
				if (!endPending('active')) return;
				this.active++;
				this.detectedLimit = Math.max(this.detectedLimit, this.active);
				this.probePauseMs = FIRST_PROBE_MS;
				this.processQueue();
			},
			refused: (retryAfterMs) => {
				if (!endPending('released')) return;
				this.detectedLimit = Math.min(this.detectedLimit, this.active);
				this.pause(retryAfterMs ?? 0);
				this.processQueue();
			},
			release: () => {
				if (!endPending('released') && state === 'active') {
					state = 'released';
					this.active--;
				}
				this.processQueue();
			},
		};
	}

	/** Treats a burst of rejections as one: only the first one lengthens the pause. */
	private pause(retryAfterMs: number): void {
		const now = this.clock.now();
		if (now < this.probeAt) return;
		const longestMs = this.active > 0 ? MAX_PROBE_MS : MAX_LONE_PROBE_MS;
		const pauseMs = Math.min(this.probePauseMs, longestMs);
		const jittered = pauseMs * (1 + JITTER * (2 * this.clock.random() - 1));
		this.probeAt = now + Math.max(jittered, Math.min(retryAfterMs, MAX_RETRY_AFTER_MS));
		this.probePauseMs = pauseMs * PROBE_GROWTH;
	}

	private cancelWaiters(): void {
		for (const waiting of this.queue.splice(0)) waiting.admit(undefined);
	}
}
