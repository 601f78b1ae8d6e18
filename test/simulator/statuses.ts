/**
 * Statuses that were seen for a task with a result (docs/maintainers/service-notes.md#tasks), in
 * lower case.
 */
const SUCCESS_WORDS = new Set(['succeed', 'succeeded', 'success', 'completed']);

/** Statuses that were seen for a task that ended without a result. */
const FAILURE_WORDS = new Set(['failed', 'failure', 'error', 'cancelled']);

export function hasSucceeded(status: string): boolean {
	return SUCCESS_WORDS.has(status.toLowerCase());
}

/** Whether a task with this status has ended and released its slot. */
export function hasEnded(status: string): boolean {
	return hasSucceeded(status) || FAILURE_WORDS.has(status.toLowerCase());
}
