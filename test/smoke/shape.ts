import { isRecord } from '../support/isRecord';

/** Fields whose values matter and never contain personal data. */
const SHOWN = new Set(['code', 'message', 'task_status', 'status', 'progress', 'type']);

/** Longer texts may contain anything. */
const MAX_SHOWN_CHARACTERS = 60;

/**
 * The shape of a response: every value is replaced by its type, except for those that tell how the
 * request went. So it can be shown to anyone.
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
