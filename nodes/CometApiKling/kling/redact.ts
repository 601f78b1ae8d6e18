/** Longer answers are cut: an error is for reading, not for archiving. */
const MAX_MESSAGE_CHARACTERS = 400;

/**
 * A run this long without a space is no word: a key, a token or a piece of a file. Task ids and
 * external ids are shorter (API.md 2 shows 20 digits; generated external ids have up to 60).
 */
const BLOB = /[A-Za-z0-9+/=_-]{64,}/g;
const KEY = /\b(?:Bearer\s+\S+|sk-[A-Za-z0-9_-]{4,})/gi;

/**
 * Makes somebody else's text fit for an error, a log line or a stored execution: keys, tokens
 * and pieces of files are taken out, and it ends after 400 characters (SPEC 7).
 */
export function redact(text: string): string {
	// Cut first, so that a huge answer costs no time; with room for what is about to shrink.
	const clean = text
		.slice(0, 4 * MAX_MESSAGE_CHARACTERS)
		.replace(KEY, '[hidden]')
		.replace(BLOB, '[hidden]')
		.replace(/\s+/g, ' ')
		.trim();
	return clean.length > MAX_MESSAGE_CHARACTERS
		? `${clean.slice(0, MAX_MESSAGE_CHARACTERS)}…`
		: clean;
}
