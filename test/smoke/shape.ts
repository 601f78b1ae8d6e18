import { isRecord } from '../support/isRecord';

/** Names that are worth more than their types, and never personal. */
const SHOWN = new Set(['code', 'message', 'task_status', 'status', 'progress', 'type']);

/** Longer texts may hold anything. */
const MAX_SHOWN_CHARACTERS = 60;

/**
 * An answer without what is in it: every value gives way to its type, but for those that tell how
 * the request went. So it can be shown to anybody.
 */
export function shapeOf(value: unknown, name = ''): unknown {
	if (Array.isArray(value)) return value.slice(0, 1).map((entry: unknown) => shapeOf(entry));
	if (isRecord(value)) {
		return Object.fromEntries(
			Object.entries(value).map(([key, inner]) => [key, shapeOf(inner, key)]),
		);
	}
	if (typeof value === 'string') {
		return SHOWN.has(name) && value.length <= MAX_SHOWN_CHARACTERS ? value : 'string';
	}
	return SHOWN.has(name) ? value : value === null ? null : typeof value;
}
