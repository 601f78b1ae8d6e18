/**
 * Words that were met for a task that has its result (docs/maintainers/service-notes.md#tasks), in
 * lower case.
 */
const SUCCESS_WORDS = new Set(['succeed', 'succeeded', 'success', 'completed']);

/** Words that were met for a task that ended without one. */
const FAILURE_WORDS = new Set(['failed', 'failure', 'error', 'cancelled']);

export function hasSucceeded(status: string): boolean {
	return SUCCESS_WORDS.has(status.toLowerCase());
}

/** Whether a task with this status goes on no more, and gives its slot free. */
export function hasEnded(status: string): boolean {
	return hasSucceeded(status) || FAILURE_WORDS.has(status.toLowerCase());
}
