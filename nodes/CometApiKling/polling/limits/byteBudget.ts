import { onAbort } from '../time/onAbort';

interface Waiting {
	bytes: number;
	/** @param isAdmitted false if the signal aborted first */
	settle(isAdmitted: boolean): void;
}

/**
 * Limits how many bytes are held in memory at the same time, first come, first served. A single
 * request larger than the whole budget is admitted when no other request holds bytes.
 */
export class ByteBudget {
	private readonly queue: Waiting[] = [];
	private heldBytes = 0;
	private isClosed = false;

	constructor(
		private readonly limitBytes: number,
		signal?: AbortSignal,
	) {
		onAbort(signal, () => {
			this.isClosed = true;
			for (const waiting of this.queue.splice(0)) waiting.settle(false);
		});
	}

	/**
	 * Runs the work when its bytes fit into the budget. Work without bytes never waits.
	 *
	 * @returns `undefined` if the signal aborted before the work began
	 * @throws what the work throws
	 */
	async use<T>(bytes: number, work: () => Promise<T>): Promise<T | undefined> {
		if (!(await this.acquire(bytes))) return undefined;
		try {
			return await work();
		} finally {
			this.heldBytes -= bytes;
			this.admitNext();
		}
	}

	private async acquire(bytes: number): Promise<boolean> {
		if (this.isClosed) return false;
		if (bytes === 0) return true;
		return await new Promise((resolve) => {
			this.queue.push({ bytes, settle: resolve });
			this.admitNext();
		});
	}

	private admitNext(): void {
		for (let next = this.queue[0]; next && this.fits(next.bytes); next = this.queue[0]) {
			this.queue.shift();
			this.heldBytes += next.bytes;
			next.settle(true);
		}
	}

	private fits(bytes: number): boolean {
		return this.heldBytes === 0 || this.heldBytes + bytes <= this.limitBytes;
	}
}
