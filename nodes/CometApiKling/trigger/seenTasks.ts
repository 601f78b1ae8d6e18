/** Callbacks repeat within minutes (API.md 5), so the latest few hundred are enough. */
const MAX_SEEN = 500;

/** Where in the static data they are. */
const STORE_KEY = 'seenTasks';

/**
 * The news that this process has met, by node: n8n saves static data only after the answer to a
 * callback, and the next one may be faster.
 */
const seenInProcess = new Set<string>();

/** Remembers which task was seen in which state, so that repeated callbacks start nothing. */
export class SeenTasks {
	/**
	 * @param nodeId tells triggers of one process apart
	 * @param store the node's static data, changed in place
	 */
	constructor(
		private readonly nodeId: string,
		private readonly store: Record<string, unknown>,
	) {}

	/** Remembers a task's state; `false` where it was known already. */
	add(taskId: string, state: string): boolean {
		const entry = `${taskId}:${state}`;
		const list = this.list();
		if (list.includes(entry) || seenInProcess.has(this.processKey(entry))) return false;
		this.store[STORE_KEY] = [...list, entry].slice(-MAX_SEEN);
		seenInProcess.add(this.processKey(entry));
		const [oldest] = seenInProcess;
		if (seenInProcess.size > MAX_SEEN && oldest !== undefined) seenInProcess.delete(oldest);
		return true;
	}

	private list(): unknown[] {
		const list = this.store[STORE_KEY];
		return Array.isArray(list) ? list : [];
	}

	private processKey(entry: string): string {
		return `${this.nodeId}:${entry}`;
	}
}
