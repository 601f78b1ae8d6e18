import { rewriteTokens } from './jsonTokens';

/** A JSON object whose values have not been checked yet. */
export type JsonRecord = Record<string, unknown>;

/** Tells whether a value is a JSON object (not an array, not null). */
export function isRecord(value: unknown): value is JsonRecord {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const BYTE_ORDER_MARK = /^\uFEFF/;

/** If a text has no longer row of digits than this, each of its integers fits into a number. */
const LONG_INTEGER = /\d{16}/;

/**
 * Parses JSON without throwing and without loss: integers that do not fit into a number, such as
 * task IDs of 18 digits, become strings. A byte order mark is skipped.
 *
 * @param hide removes confidential text from each string and key (see `secretHider`)
 * @returns `undefined` if the text is not JSON
 */
export function parseJson(text: string, hide?: (string: string) => string): unknown {
	try {
		const json = text.replace(BYTE_ORDER_MARK, '');
		const value: unknown = JSON.parse(json);
		if (!hide && !LONG_INTEGER.test(json)) return value;
		const rewritten: unknown = JSON.parse(rewriteTokens(json, hide));
		return rewritten;
	} catch {
		return undefined;
	}
}

/** A non-empty text, or a number written as one; `undefined` for anything else. */
export function textOf(value: unknown): string | undefined {
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A finite number, also if the API writes it as text (`"5.1"`); `undefined` for anything else. */
export function numberOf(value: unknown): number | undefined {
	if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
	if (typeof value !== 'string' || value.trim() === '') return undefined;
	const number = Number(value);
	return Number.isFinite(number) ? number : undefined;
}

/** The objects in a list; all other values are ignored. */
export function recordsOf(value: unknown): JsonRecord[] {
	return Array.isArray(value) ? value.filter(isRecord) : [];
}
