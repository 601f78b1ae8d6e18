/**
 * Callbacks are repeated within minutes (docs/maintainers/service-notes.md#callbacks), so the
 * latest few hundred per trigger are enough.
 */
const MAX_SEEN = 500;

/** A process is unlikely to have more triggers; their entries take 20 MB at most. */
const MAX_TRIGGERS = 500;

/** The key of the entries in the static data. */
const STORE_KEY = 'seenTasks';

/** What this process has seen, by trigger, oldest first. */
const seenInProcess = new Map<string, Set<string>>();

/**
 * Remembers which task was seen in which state, so that repeated callbacks do not start the
 * workflow again.
 *
 * The entries in memory are checked first: n8n saves static data only after the webhook has ended,
 * and the next callback can arrive sooner. The static data is for the next process. n8n reads it
 * when a callback arrives and writes it back whole, so a simultaneous callback can undo the entry.
 * The next callback saves it again, since each one saves everything that the process knows.
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
		const seen = seenInProcess.get(this.trigger) ?? new Set();
		if (seen.has(entry) || this.stored().includes(entry)) return false;
		seen.add(entry);
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
		const seen = seenInProcess.get(this.trigger) ?? new Set();
		const stored = this.stored().filter((entry) => typeof entry === 'string' && !seen.has(entry));
		this.store[STORE_KEY] = [...stored, ...seen].slice(-MAX_SEEN);
	}

	private stored(): unknown[] {
		const list = this.store[STORE_KEY];
		return Array.isArray(list) ? list : [];
	}
}

function dropOldest(all: Set<string> | Map<string, unknown>, max: number): void {
	const [oldest] = all.keys();
	if (all.size > max && oldest !== undefined) all.delete(oldest);
}
