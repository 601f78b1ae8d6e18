import { isRecord, textOf } from '../kling/json';

/** What is written down of one paid step: ids, and nothing else (SPEC 6). */
export interface LedgerEntry {
	/** Sent with the request, so that the task can be found even if no answer came. */
	external_task_id: string;
	/** Known once the service has answered. */
	task_id?: string;
	/** Result of a speech step, so that a later try need not fetch it again. */
	audio_id?: string;
}

/** The paid steps of an item. */
export type PaidStep = 'speech' | 'avatar';

/** Where in the node's context the entries are; n8n stores it with a failed execution. */
const CONTEXT_KEY = 'paidTasks';

/** Where in the node's context the runs are named whose entries stay. */
const RUNS_WITH_RETRIES_KEY = 'runsTriedAgain';

/**
 * The book of what was paid for in this execution and not yet handed on.
 *
 * It lives in the node's context, which outlives the tries of Retry On Fail and is there again
 * under Retry execution (N8N.md, "Waiting and resuming"). An entry is opened before the request
 * is sent and dropped when its item has been handed to n8n, or when its task came to nothing.
 */
export class Ledger {
	/**
	 * @param context the node's context, changed in place
	 * @param runIndex which run of the node this is: each turn of a loop is a purchase of its own
	 */
	constructor(
		private readonly context: Record<string, unknown>,
		private readonly runIndex: number,
	) {}

	/** The entry of an item's step, if an earlier try left one for exactly this request. */
	find(itemIndex: number, step: PaidStep, requestHash: string): LedgerEntry | undefined {
		return readEntry(this.book()[this.key(itemIndex, step, requestHash)]);
	}

	/** Writes an entry, in place of one that was there. */
	write(itemIndex: number, step: PaidStep, requestHash: string, entry: LedgerEntry): void {
		this.context[CONTEXT_KEY] = { ...this.book(), [this.key(itemIndex, step, requestHash)]: entry };
	}

	/** Forgets a step: it is handed on, or nothing was paid for it. */
	delete(itemIndex: number, step: PaidStep, requestHash: string): void {
		const book = { ...this.book() };
		delete book[this.key(itemIndex, step, requestHash)];
		this.context[CONTEXT_KEY] = book;
	}

	/**
	 * From now on, what this run of the node has delivered stays in the book: n8n is about to try
	 * again. Its older versions (1.99 is one) use up all tries, even after one that went well.
	 */
	keepForRetries(): void {
		this.context[RUNS_WITH_RETRIES_KEY] = { ...this.runsWithRetries(), [this.runIndex]: true };
	}

	/**
	 * Forgets all that these items paid for in this run of the node, unless more tries are expected;
	 * in one go, as they may be many.
	 */
	deleteItems(itemIndexes: ReadonlySet<number>): void {
		if (this.runsWithRetries()[this.runIndex] === true) return;
		const kept = Object.entries(this.book()).filter(([key]) => {
			const [runIndex, itemIndex] = key.split(':').map(Number);
			return runIndex !== this.runIndex || !itemIndexes.has(itemIndex ?? NaN);
		});
		this.context[CONTEXT_KEY] = Object.fromEntries(kept);
	}

	private book(): Record<string, unknown> {
		return recordIn(this.context, CONTEXT_KEY);
	}

	private runsWithRetries(): Record<string, unknown> {
		return recordIn(this.context, RUNS_WITH_RETRIES_KEY);
	}

	private key(itemIndex: number, step: PaidStep, requestHash: string): string {
		return `${this.runIndex}:${itemIndex}:${step}:${requestHash}`;
	}
}

function recordIn(context: Record<string, unknown>, key: string): Record<string, unknown> {
	const value = context[key];
	return isRecord(value) ? value : {};
}

/** Stored executions can be edited by hand, so what comes back is looked at again. */
function readEntry(value: unknown): LedgerEntry | undefined {
	if (!isRecord(value)) return undefined;
	const externalTaskId = textOf(value.external_task_id);
	if (externalTaskId === undefined) return undefined;
	const taskId = textOf(value.task_id);
	const audioId = textOf(value.audio_id);
	return {
		external_task_id: externalTaskId,
		...(taskId !== undefined && { task_id: taskId }),
		...(audioId !== undefined && { audio_id: audioId }),
	};
}
