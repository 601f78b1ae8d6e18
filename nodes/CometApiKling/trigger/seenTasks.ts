import { isRecord, numberOf } from '../kling/json';

/**
 * Callbacks are repeated within minutes (docs/maintainers/service-notes.md#callbacks), so the
 * latest few hundred per trigger are enough.
 */
const MAX_SEEN = 500;

/** A process is unlikely to have more triggers; their entries take 20 MB at most. */
const MAX_TRIGGERS = 500;

/** The key of the entries in the static data. */
const STORE_KEY = 'seenTasks';

/** When each task was first seen in a state, in Unix milliseconds. */
type SeenAt = Map<string, number>;

/** What this process has seen, by trigger, oldest first. */
const seenInProcess = new Map<string, SeenAt>();

/**
 * Remembers which task was seen in which state, so that repeated callbacks do not start the
 * workflow again.
 *
 * The entries in memory are checked first: n8n saves static data only after the webhook has ended,
 * and the next callback can arrive sooner. The static data is for other processes. n8n reads it
 * when a callback arrives and writes it back whole, so a simultaneous callback can undo an entry.
 * The next callback saves it again, since each one saves everything that its process knows. The
 * latest entries are kept, whichever process they are from.
 */
export class SeenTasks {
	/**
	 * @param trigger identifies a trigger within the process
	 * @param store the node's static data, changed in place
	 */
	constructor(
		private readonly trigger: string,
		private readonly store: Record<string, unknown>,
	) {}

	/** Remembers a task's state in the process; `false` if it was known already. */
	add(taskId: string, state: string): boolean {
		const entry = `${taskId}:${state}`;
		const seen = this.seen();
		if (seen.has(entry) || this.stored().has(entry)) return false;
		// Processes share no other clock than the system's.
		seen.set(entry, Date.now());
		dropOldest(seen, MAX_SEEN);
		// Delete and set the entry, so that the first trigger in the map is the least recently used
		// one.
		seenInProcess.delete(this.trigger);
		seenInProcess.set(this.trigger, seen);
		dropOldest(seenInProcess, MAX_TRIGGERS);
		return true;
	}

	/**
	 * Writes everything that is known into the static data. Call this last, when n8n is about to
	 * save.
	 */
	save(): void {
		const all = [...new Map([...this.stored(), ...this.seen()])];
		all.sort(([, one], [, other]) => one - other);
		this.store[STORE_KEY] = Object.fromEntries(all.slice(-MAX_SEEN));
	}

	private seen(): SeenAt {
		return seenInProcess.get(this.trigger) ?? new Map<string, number>();
	}

	private stored(): SeenAt {
		const stored = this.store[STORE_KEY];
		const entries = Object.entries(isRecord(stored) ? stored : {});
		return new Map(
			entries.flatMap(([entry, value]): Array<[string, number]> => {
				const seenAt = numberOf(value);
				return seenAt === undefined ? [] : [[entry, seenAt]];
			}),
		);
	}
}

function dropOldest(all: Map<string, unknown>, max: number): void {
	const [oldest] = all.keys();
	if (all.size > max && oldest !== undefined) all.delete(oldest);
}
