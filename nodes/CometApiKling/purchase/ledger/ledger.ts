import { isRecord, type JsonRecord } from '../../kling/json';
import type { Charges } from '../../output/delivery';
import { isEntry, type LedgerEntry } from './ledgerEntry';

/** Paid parts of an item; the clips of a long talk are numbered (docs/guide.md#long-talks). */
export type PaidPart = 'speech' | 'avatar' | `speech:${string}` | `avatar:${string}`;

/** What an item was or may have been charged for. */
export interface ItemCharges extends Charges {
	/** The tasks of speech, which may only serve a video. */
	speechIds: string[];
}

/** Entries belong to one run of the node, or to all tool calls of an execution together. */
export type LedgerScope = number | 'toolCalls';

/** The key of the entries in the node's context, which n8n stores with a failed execution. */
const CONTEXT_KEY = 'paidTasks';

/** The key in the node's context for the runs whose entries are kept. */
const RUNS_WITH_RETRIES_KEY = 'runsTriedAgain';

/** Purchases in progress in this process, by the node's context and then by the entry's path. */
const inProgress = new WeakMap<object, Map<string, Promise<unknown>>>();

/**
 * The tasks that were paid for in this execution but not yet delivered.
 *
 * It is stored in the node's context, which survives the tries of Retry On Fail and is restored
 * by Retry execution (docs/maintainers/n8n-notes.md#waiting-and-resuming). An entry is opened
 * before the request is sent and deleted when its item has been delivered to n8n, or when its task
 * failed. Entries are plain objects, nested by run, item and part, and changed in place: n8n reads
 * them only when it stores the execution, and the time per item does not depend on the number of
 * items.
 */
export class Ledger {
	private readonly isToolCall: boolean;
	/** The keys of the entries that this run of the node opened or looked for. */
	private readonly used = new Set<string>();

	/**
	 * @param context the node's context, changed in place
	 * @param scope the run of the node, since each iteration of a loop makes its own purchases.
	 *   n8n gives each call of an agent's tool, and each try of it, a new run index and input. Such
	 *   calls share their entries: the same request is paid for once in an execution.
	 */
	constructor(
		private readonly context: JsonRecord,
		private readonly scope: LedgerScope,
	) {
		this.isToolCall = scope === 'toolCalls';
	}

	/**
	 * The entry of an item's part, if an earlier try left one for exactly this request. Changes to
	 * it are stored.
	 */
	find(itemIndex: number, part: PaidPart, requestHash: string): LedgerEntry | undefined {
		const key = entryKey(part, requestHash);
		this.used.add(key);
		const value = this.entriesOf(itemIndex)?.[key];
		return isEntry(value) ? value : undefined;
	}

	/** Opens an entry before the request is sent; changes to it are stored. */
	open(
		itemIndex: number,
		part: PaidPart,
		requestHash: string,
		externalTaskId: string,
	): LedgerEntry {
		const entry: LedgerEntry = { external_task_id: externalTaskId };
		this.used.add(entryKey(part, requestHash));
		this.createEntries(itemIndex)[entryKey(part, requestHash)] = entry;
		return entry;
	}

	/** Deletes a part: nothing was paid for it, or its task failed. */
	delete(itemIndex: number, part: PaidPart, requestHash: string): void {
		const entries = this.entriesOf(itemIndex);
		if (entries) delete entries[entryKey(part, requestHash)];
	}

	/**
	 * Keeps the delivered entries of this run in the ledger from now on, because n8n is about to try
	 * again. Older versions, such as 1.99, use up all tries even after one has succeeded.
	 */
	keepForRetries(): void {
		recordIn(this.context, RUNS_WITH_RETRIES_KEY)[this.scope] = true;
	}

	/**
	 * Deletes all parts of these items in this run of the node, unless more tries are expected. Tool
	 * calls keep their entries, since an agent may repeat a call whose result it already has.
	 */
	deleteItems(itemIndexes: ReadonlySet<number>): void {
		const kept = this.context[RUNS_WITH_RETRIES_KEY];
		if (this.isToolCall || (isRecord(kept) && kept[this.scope] === true)) return;
		const items = this.items();
		if (items) for (const itemIndex of itemIndexes) delete items[this.itemKey(itemIndex)];
	}

	/**
	 * The text of an item as it was when it was first spoken: in a later try, an expression may
	 * return another text, but the parts that were paid for belong to the first one.
	 */
	firstText(itemIndex: number, requestHash: string, text: string): string {
		const key = `text:${requestHash}`;
		const first = this.entriesOf(itemIndex)?.[key];
		if (typeof first === 'string') return first;
		this.createEntries(itemIndex)[key] = text;
		return text;
	}

	/** What an item was or may have been charged for, in this try and in earlier ones. */
	chargesOf(itemIndex: number): ItemCharges {
		const charges: ItemCharges = { taskIds: [], speechIds: [], unconfirmedIds: [] };
		for (const [key, entry] of Object.entries(this.entriesOf(itemIndex) ?? {})) {
			// The error about a failed task names it.
			if (!isEntry(entry) || entry.failed !== undefined) continue;
			// Other tool calls of the execution have their own errors.
			if (this.isToolCall && !this.used.has(key)) continue;
			if (entry.task_id === undefined) charges.unconfirmedIds.push(entry.external_task_id);
			else if (key.startsWith('speech')) charges.speechIds.push(entry.task_id);
			else charges.taskIds.push(entry.task_id);
		}
		return charges;
	}

	/** Like `chargesOf`, for all items that have any, by index. */
	charges(): Map<number, ItemCharges> {
		const itemIndexes = Object.keys(this.items() ?? {}).map(Number);
		return new Map(
			itemIndexes
				.map((itemIndex): [number, ItemCharges] => [itemIndex, this.chargesOf(itemIndex)])
				.filter(([, charges]) => Object.values(charges).flat().length > 0),
		);
	}

	/** Makes identical purchases wait for each other, because agents call tools in parallel. */
	async exclusively<T>(
		itemIndex: number,
		part: PaidPart,
		requestHash: string,
		work: () => Promise<T>,
	): Promise<T> {
		const purchases = inProgress.get(this.context) ?? new Map<string, Promise<unknown>>();
		inProgress.set(this.context, purchases);
		const key = [this.scope, this.itemKey(itemIndex), entryKey(part, requestHash)].join(' ');
		const current = (purchases.get(key) ?? Promise.resolve()).then(work, work);
		purchases.set(key, current);
		try {
			return await current;
		} finally {
			if (purchases.get(key) === current) purchases.delete(key);
		}
	}

	private items(): JsonRecord | undefined {
		const ledger = this.context[CONTEXT_KEY];
		const items = isRecord(ledger) ? ledger[this.scope] : undefined;
		return isRecord(items) ? items : undefined;
	}

	private entriesOf(itemIndex: number): JsonRecord | undefined {
		const entries = this.items()?.[this.itemKey(itemIndex)];
		return isRecord(entries) ? entries : undefined;
	}

	/** The same, created if there are none. */
	private createEntries(itemIndex: number): JsonRecord {
		const scope = recordIn(recordIn(this.context, CONTEXT_KEY), String(this.scope));
		return recordIn(scope, this.itemKey(itemIndex));
	}

	private itemKey(itemIndex: number): string {
		return this.isToolCall ? '0' : String(itemIndex);
	}
}

function entryKey(part: PaidPart, requestHash: string): string {
	return `${part}:${requestHash}`;
}

/** Returns the record under a key, and creates it if there is none. */
function recordIn(parent: JsonRecord, key: string): JsonRecord {
	const value = parent[key];
	if (isRecord(value)) return value;
	const created: JsonRecord = {};
	parent[key] = created;
	// n8n may return a proxy, so use the object that it returns for the key: that is what it stores.
	const stored = parent[key];
	return isRecord(stored) ? stored : created;
}
