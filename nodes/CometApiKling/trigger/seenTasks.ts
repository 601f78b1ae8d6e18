/** Callbacks repeat within minutes (API.md 5), so the latest few hundred of a trigger are enough. */
const MAX_SEEN = 500;

/** More triggers than a process is likely to have; their entries take 20 MB at most. */
const MAX_TRIGGERS = 500;

/** Where in the static data they are. */
const STORE_KEY = 'seenTasks';

/** What this process has seen, by trigger, oldest first. */
const seenInProcess = new Map<string, Set<string>>();

/**
 * Remembers which task was seen in which state, so that repeated callbacks start nothing.
 *
 * The process remembers first: n8n saves static data only after the webhook has ended, and the next
 * callback may be faster. The static data is for the next process. n8n reads it when a callback
 * comes and writes it back as a whole, so another callback of that moment can undo the entry; the
 * next one to come saves it again, since each saves all that the process knows.
 */
export class SeenTasks {
	/**
	 * @param trigger tells the triggers of one process apart
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
		// Set anew, so that the first trigger in the map is the one that had no news for longest.
		seenInProcess.delete(this.trigger);
		seenInProcess.set(this.trigger, seen);
		dropOldest(seenInProcess, MAX_TRIGGERS);
		return true;
	}

	/** Writes all that is known into the static data: to be called last, when n8n is about to save. */
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
