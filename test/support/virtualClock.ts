import type { Clock } from '../../nodes/CometApiKling/polling/time/clock';
import { onAbort } from '../../nodes/CometApiKling/polling/time/onAbort';

interface Sleeper {
	wakeAt: number;
	wake(): void;
}

/** A clock whose time passes only when all tasks sleep. */
export class VirtualClock implements Clock {
	private time: number;
	private sleepers: Sleeper[] = [];
	/** The durations of all sleeps, in order. */
	readonly sleeps: number[] = [];

	/** @param start Unix milliseconds @param randoms used in order, then repeated */
	constructor(
		start = 1_000_000,
		private readonly randoms: number[] = [0.5],
	) {
		this.time = start;
	}

	now(): number {
		return this.time;
	}

	/** Sets the clock forward, as if the computer had been suspended. Sleeps end late. */
	leap(milliseconds: number): void {
		this.time += milliseconds;
	}

	random(): number {
		const next = this.randoms.shift() ?? 0.5;
		this.randoms.push(next);
		return next;
	}

	async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
		if (signal?.aborted) return;
		this.sleeps.push(milliseconds);
		await new Promise<void>((resolve) => {
			const sleeper = { wakeAt: this.time + Math.max(0, milliseconds), wake: resolve };
			this.sleepers.push(sleeper);
			onAbort(signal, () => {
				this.sleepers = this.sleepers.filter((other) => other !== sleeper);
				resolve();
			});
		});
	}

	/**
	 * Runs something to completion, and lets time pass whenever nothing else is running.
	 *
	 * @throws if it waits for something other than a sleep
	 */
	async run<T>(work: () => Promise<T>): Promise<T> {
		let done = false;
		const result = work().finally(() => (done = true));
		result.catch(() => undefined);
		for (;;) {
			await idle();
			if (done) return await result;
			const next = this.sleepers.reduce<Sleeper | undefined>(
				(first, sleeper) => (first && first.wakeAt <= sleeper.wakeAt ? first : sleeper),
				undefined,
			);
			if (!next) throw new Error('Everything is waiting, but nothing is sleeping.');
			this.sleepers = this.sleepers.filter((other) => other !== next);
			this.time = Math.max(this.time, next.wakeAt);
			next.wake();
		}
	}
}

/** Waits until all promises that can continue have done so. */
async function idle(): Promise<void> {
	await new Promise<void>((resolve) => setImmediate(resolve));
}
