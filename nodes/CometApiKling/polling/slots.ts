import type { Clock } from './clock';
import { onAbort } from './onAbort';

/** First pause after a refusal; others' tasks take minutes, ours may end any second. */
const FIRST_PROBE_MS = 5_000;

/**
 * So much longer is each pause, while nothing is accepted: two or three refusals an item, however
 * long the tasks of ours take that hold the slots.
 */
const PROBE_GROWTH = 3;

/** Longest pause while tasks of ours run: their ends let items in without a probe. */
const MAX_PROBE_MS = 90_000;

/** Longest pause while none does: a slot that others free is then the only one to come. */
const MAX_LONE_PROBE_MS = 15_000;

/**
 * So many requests are under way before the first is answered; then one more for each task that
 * was accepted. It doubles with each round of answers, and few are refused where slots are few.
 */
const FIRST_REQUESTS = 2;

/** Spread of the jitter around a pause, so that two workflows do not probe in step. */
const JITTER = 0.2;

/** The service may ask for a longer pause; more than this is not believed. */
const MAX_RETRY_AFTER_MS = 120_000;

/** A place in the line of tasks that may run at the same time. */
export interface Slot {
	/** The service took the task: the slot is held until `leave`. */
	accepted: () => void;
	/** The service has no slot: the place is given back, and the line pauses. */
	refused: (retryAfterMs?: number) => void;
	/** The task ended, or none was made. */
	leave: () => void;
}

interface Waiting {
	order: number;
	admit(slot: Slot | undefined): void;
}

/**
 * Hands out the slots for unfinished tasks, first come, first served.
 *
 * The user sets an upper limit; how many slots the account really has, with the tasks of others
 * counted, is learnt from refusals (codes 1302 and 1303). After one, an item goes on when a task
 * of ours ends, and besides one probe at a time is let through after a growing pause.
 */
export class Slots {
	private readonly line: Waiting[] = [];
	private held = 0;
	private submitting = 0;
	private ceiling: number;
	private probeAt = 0;
	private probePauseMs = FIRST_PROBE_MS;
	private probing = false;
	private timerRuns = false;

	constructor(
		private readonly limit: number,
		private readonly clock: Clock,
		private readonly signal?: AbortSignal,
	) {
		this.ceiling = limit;
		onAbort(signal, () => this.cancelWaiters());
	}

	/**
	 * Waits for a slot.
	 *
	 * @param order the item's index: a refused item comes before those behind it
	 * @returns `undefined` once the signal has aborted
	 */
	async enter(order: number): Promise<Slot | undefined> {
		if (this.signal?.aborted) return undefined;
		return await new Promise((resolve) => {
			const behind = this.line.findIndex((waiting) => waiting.order > order);
			this.line.splice(behind < 0 ? this.line.length : behind, 0, { order, admit: resolve });
			this.processQueue();
		});
	}

	private processQueue(): void {
		while (this.line.length > 0 && this.submitting < FIRST_REQUESTS + this.held) {
			const isProbe = this.held + this.submitting >= this.ceiling;
			if (isProbe && !this.mayProbe()) return;
			const next = this.line.shift();
			if (isProbe) this.probing = true;
			this.submitting++;
			next?.admit(this.slot(isProbe));
		}
	}

	private mayProbe(): boolean {
		if (this.probing || this.held + this.submitting >= this.limit) return false;
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
		let state: 'submitting' | 'held' | 'left' = 'submitting';
		const leaveSubmitting = (next: 'held' | 'left'): boolean => {
			if (state !== 'submitting') return false;
			state = next;
			this.submitting--;
			if (isProbe) this.probing = false;
			return true;
		};
		return {
			accepted: () => {
				if (!leaveSubmitting('held')) return;
				this.held++;
				this.ceiling = Math.max(this.ceiling, this.held);
				this.probePauseMs = FIRST_PROBE_MS;
				this.processQueue();
			},
			refused: (retryAfterMs) => {
				if (!leaveSubmitting('left')) return;
				this.ceiling = Math.min(this.ceiling, this.held);
				this.pause(retryAfterMs ?? 0);
				this.processQueue();
			},
			leave: () => {
				if (!leaveSubmitting('left') && state === 'held') {
					state = 'left';
					this.held--;
				}
				this.processQueue();
			},
		};
	}

	/** One burst of refusals is one piece of news: only the first of them lengthens the pause. */
	private pause(retryAfterMs: number): void {
		const now = this.clock.now();
		if (now < this.probeAt) return;
		const longestMs = this.held > 0 ? MAX_PROBE_MS : MAX_LONE_PROBE_MS;
		const pauseMs = Math.min(this.probePauseMs, longestMs);
		const jittered = pauseMs * (1 + JITTER * (2 * this.clock.random() - 1));
		this.probeAt = now + Math.max(jittered, Math.min(retryAfterMs, MAX_RETRY_AFTER_MS));
		this.probePauseMs = pauseMs * PROBE_GROWTH;
	}

	private cancelWaiters(): void {
		for (const waiting of this.line.splice(0)) waiting.admit(undefined);
	}
}
