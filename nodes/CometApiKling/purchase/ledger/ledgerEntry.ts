import { isRecord } from '../../kling/json';

/**
 * The record of one paid part of an item: only IDs, numbers and the reason for a failure
 * (docs/maintainers/decisions.md#paid-once).
 */
export interface LedgerEntry {
	/** Sent with the request, so that the task can be found even if no response came. */
	external_task_id: string;
	/** Known once the service has responded. */
	task_id?: string;
	/** Result of a speech part, so that a later try need not poll it again. */
	audio_id?: string;
	/** Length of that speech, in seconds. */
	seconds?: number;
	/**
	 * When a request with a user's own external ID was sent, in Unix milliseconds: a task that was
	 * created at another time belongs to another request.
	 */
	sent_at?: number;
	/** Why the task failed. Kept only for a user's own external ID, which cannot be used again. */
	failed?: string;
}

/**
 * Stored executions can be edited by hand, so entries are validated; invalid fields are removed.
 */
export function isEntry(value: unknown): value is LedgerEntry {
	if (!isRecord(value) || !isText(value.external_task_id)) return false;
	for (const [field, isValid] of Object.entries(OPTIONAL_FIELDS)) {
		if (value[field] !== undefined && !isValid(value[field])) delete value[field];
	}
	return true;
}

function isText(value: unknown): boolean {
	return typeof value === 'string' && value !== '';
}

const OPTIONAL_FIELDS: Record<string, (value: unknown) => boolean> = {
	task_id: isText,
	audio_id: isText,
	seconds: (value) => typeof value === 'number',
	failed: isText,
	sent_at: (value) => typeof value === 'number',
};
