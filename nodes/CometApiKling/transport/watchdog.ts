import type { Clock } from '../polling/clock';
import { onAbort } from '../polling/onAbort';

/** Aborts a transfer that shows no sign of life for a while, or whose execution was canceled. */
export class Watchdog {
	private readonly controller = new AbortController();
	private readonly resting = new AbortController();
	private lastActivityAt: number;

	/** Whether the transfer was aborted because it had stalled. */
	bit = false;

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
	pat(): void {
		this.lastActivityAt = this.clock.now();
	}

	/** The transfer is over. */
	rest(): void {
		this.resting.abort();
	}

	private async watch(): Promise<void> {
		for (;;) {
			const leftMs = this.lastActivityAt + this.stallMs - this.clock.now();
			if (leftMs <= 0) break;
			await this.clock.sleep(leftMs, this.resting.signal);
			if (this.resting.signal.aborted) return;
		}
		this.bit = true;
		this.controller.abort();
	}
}
