import type { Clock } from '../polling/clock';
import { onAbort } from '../polling/onAbort';

/** Aborts a transfer that shows no sign of life for a while, or whose execution was canceled. */
export class Watchdog {
	private readonly controller = new AbortController();
	private readonly stopped = new AbortController();
	private lastActivityAt: number;

	/** Whether the transfer was aborted because it had stalled. */
	timedOut = false;

	constructor(
		private readonly stallMs: number,
		private readonly clock: Clock,
		canceled?: AbortSignal,
	) {
		this.lastActivityAt = clock.now();
		onAbort(canceled, () => this.controller.abort());
		void this.watch();
	}

	/** For the transfer to listen to. */
	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/** A sign of life. */
	reset(): void {
		this.lastActivityAt = this.clock.now();
	}

	/** The transfer is over. */
	stop(): void {
		this.stopped.abort();
	}

	private async watch(): Promise<void> {
		for (;;) {
			const leftMs = this.lastActivityAt + this.stallMs - this.clock.now();
			if (leftMs <= 0) break;
			await this.clock.sleep(leftMs, this.stopped.signal);
			if (this.stopped.signal.aborted) return;
		}
		this.timedOut = true;
		this.controller.abort();
	}
}
