import type { TaskState } from '../task';

/** Every status word seen so far (docs/maintainers/service-notes.md#tasks), in lower case. */
const STATES = new Map<string, TaskState>([
	['submitted', 'running'],
	['queued', 'running'],
	['not_start', 'running'],
	['pending', 'running'],
	['processing', 'running'],
	['in_progress', 'running'],
	['running', 'running'],
	['succeed', 'succeeded'],
	['succeeded', 'succeeded'],
	['success', 'succeeded'],
	['completed', 'succeeded'],
	['failed', 'failed'],
	['fail', 'failed'],
	['failure', 'failed'],
	['error', 'failed'],
	['cancelled', 'failed'],
	['canceled', 'failed'],
]);

/**
 * A total map from status text to state: an unknown word means "still running", because
 * giving up on a paid task over a new word would lose it (docs/maintainers/decisions.md#waiting).
 */
export function stateOf(status: string): TaskState {
	return STATES.get(normalized(status)) ?? 'running';
}

/** Tells whether the API is known to use this status. */
export function isKnownStatus(status: string): boolean {
	return STATES.has(normalized(status));
}

function normalized(status: string): string {
	return status.trim().toLowerCase();
}
