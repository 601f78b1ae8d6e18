/** A JSON object whose values have not been checked yet. */
export type JsonRecord = Record<string, unknown>;

/** Tells whether a value is a JSON object (not an array, not null). */
export function isRecord(value: unknown): value is JsonRecord {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const BYTE_ORDER_MARK = /^\uFEFF/;

/** A string without this many digits in a row has no integer that is too large for a number. */
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

/** A non-empty string, or a number converted to one; `undefined` for anything else. */
export function textOf(value: unknown): string | undefined {
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A finite number, even if the API sends it as text (`"5.1"`); `undefined` for anything else. */
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

/** Removes the keys without a value, so that outputs contain only what is known. */
export function withoutUndefined<T extends object>(object: T): T {
	for (const [key, value] of Object.entries(object)) {
		if (value === undefined) Reflect.deleteProperty(object, key);
	}
	return object;
}

/** A string or a number in text that is known to be valid JSON. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/** A number without a fraction or an exponent. */
const INTEGER = /^-?\d+$/;

/**
 * Rewrites the tokens of a valid JSON text: integers that a number cannot hold are put in quotes,
 * and strings go through `rewriteString`. Everything else stays as it is.
 */
function rewriteTokens(json: string, rewriteString?: (string: string) => string): string {
	return json.replace(TOKEN, (token) => {
		if (!token.startsWith('"')) return isUnsafeInteger(token) ? `"${token}"` : token;
		if (!rewriteString) return token;
		const string = stringOf(token);
		const rewritten = rewriteString(string);
		return rewritten === string ? token : JSON.stringify(rewritten);
	});
}

function isUnsafeInteger(token: string): boolean {
	return INTEGER.test(token) && !Number.isSafeInteger(Number(token));
}

function stringOf(token: string): string {
	if (!token.includes('\\')) return token.slice(1, -1);
	const value: unknown = JSON.parse(token);
	return String(value);
}
