import type { Clock } from '../polling/clock';
import type { LedgerEntry, PaidPart } from './ledger';

/** What a manual execution paid for: IDs and a length, never content. */
export type TestedTask = Pick<LedgerEntry, 'external_task_id' | 'task_id' | 'audio_id' | 'seconds'>;

interface StoredTask extends TestedTask {
	/** In Unix milliseconds. */
	createdAt: number;
}

/** Whoever builds a workflow presses the button some dozen times, and is done within a day. */
const MAX_TASKS = 200;
const MAX_AGE_MS = 24 * 60 * 60 * 1000;

/**
 * The tasks of manual executions in this process, for *Reuse While Testing* (SPEC 6). A worker of
 * queue mode has its own; a restart forgets them. The oldest go first.
 */
export class TestedTasks {
	private readonly tasks = new Map<string, StoredTask>();

	constructor(private readonly clock: Pick<Clock, 'now'>) {}

	find(key: string): (StoredTask & { task_id: string }) | undefined {
		const found = this.tasks.get(key);
		if (found?.task_id === undefined) return undefined;
		if (this.clock.now() - found.createdAt > MAX_AGE_MS) {
			this.tasks.delete(key);
			return undefined;
		}
		return { ...found, task_id: found.task_id };
	}

	remember(key: string, task: TestedTask): void {
		const { createdAt } = this.tasks.get(key) ?? { createdAt: this.clock.now() };
		// Deleted first, so that the order of the map is that of the last use.
		this.tasks.delete(key);
		this.tasks.set(key, { ...task, createdAt });
		const [oldest] = this.tasks.keys();
		if (this.tasks.size > MAX_TASKS && oldest !== undefined) this.tasks.delete(oldest);
	}

	forget(key: string): void {
		this.tasks.delete(key);
	}
}

/** The tests of one run of the node: which task belongs to which of its items. */
export class TestRun {
	/** How many tasks were reused, and when the oldest of them was created, in Unix milliseconds. */
	readonly reused: number[] = [];

	/**
	 * @param node names the workflow and its node
	 * @param occurrences tells equal items apart: how many items before it ask for the same
	 */
	constructor(
		readonly tasks: TestedTasks,
		private readonly node: string,
		private readonly occurrences: ReadonlyMap<number, number>,
	) {}

	/** The key of a task of one item. */
	keyOf(itemIndex: number, part: PaidPart, testHash: string): string {
		return [this.node, this.occurrences.get(itemIndex) ?? 0, part, testHash].join(':');
	}
}

/** Counts, for each item, the items before it with the same hash. */
export function countOccurrences(
	items: ReadonlyArray<{ itemIndex: number; testHash: string }>,
): Map<number, number> {
	const seen = new Map<string, number>();
	return new Map(
		items.map(({ itemIndex, testHash }) => {
			const before = seen.get(testHash) ?? 0;
			seen.set(testHash, before + 1);
			return [itemIndex, before];
		}),
	);
}
