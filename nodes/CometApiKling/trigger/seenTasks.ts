/** Callbacks repeat within minutes (API.md 5), so the latest few hundred are enough. */
const MAX_SEEN = 500;

/** Where in the static data they are. */
const STORE_KEY = 'seenTasks';

/** Remembers which task was seen in which state, so that repeated callbacks start nothing. */
export class SeenTasks {
	/** @param store the node's static data, changed in place */
	constructor(private readonly store: Record<string, unknown>) {}

	has(taskId: string, state: string): boolean {
		return this.list().includes(entryOf(taskId, state));
	}

	add(taskId: string, state: string): void {
		this.store[STORE_KEY] = [...this.list(), entryOf(taskId, state)].slice(-MAX_SEEN);
	}

	private list(): unknown[] {
		const list = this.store[STORE_KEY];
		return Array.isArray(list) ? list : [];
	}
}

function entryOf(taskId: string, state: string): string {
	return `${taskId}:${state}`;
}
