import type { Clock } from '../polling/time/clock';
import { onAbort } from '../polling/time/onAbort';

/** Aborts a transfer that makes no progress for a while, or whose execution was canceled. */
export class Watchdog {
	private readonly controller = new AbortController();
	private readonly stopped = new AbortController();
	private lastActivityAt: number;

	/** Whether the transfer was aborted because it had stalled. */
	timedOut = false;

	/**
	 * Whether the transfer is waiting for something other than the remote host and so has not
	 * stalled.
	 */
	isBlocked: () => boolean = () => false;

	constructor(
		private readonly stallMs: number,
		private readonly clock: Clock,
		canceled?: AbortSignal,
	) {
		this.lastActivityAt = clock.now();
		onAbort(canceled, () => this.controller.abort());
		void this.watch();
	}

	/** Aborts the transfer. */
	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/** Call this when the transfer makes progress. */
	reset(): void {
		this.lastActivityAt = this.clock.now();
	}

	/** Call this when the transfer is over. */
	stop(): void {
		this.stopped.abort();
	}

	private async watch(): Promise<void> {
		for (;;) {
			if (this.isBlocked()) this.reset();
			const leftMs = this.lastActivityAt + this.stallMs - this.clock.now();
			if (leftMs <= 0) break;
			await this.clock.sleep(leftMs, this.stopped.signal);
			if (this.stopped.signal.aborted) return;
		}
		this.timedOut = true;
		this.controller.abort();
	}
}
