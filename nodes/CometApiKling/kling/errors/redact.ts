/** Longer texts are cut, because an error message is for reading, not for archiving. */
const MAX_TEXT_CHARACTERS = 400;

/** Leaves at least 400 characters of text after pieces of files have been removed. */
const MAX_SEARCHED_CHARACTERS = 4 * MAX_TEXT_CHARACTERS;

/**
 * A run of this length without a space is not a word but a key, a token or a piece of a file. Task
 * IDs and external IDs are shorter (docs/maintainers/service-notes.md#create-an-avatar-task shows
 * 20 digits; generated external IDs have up to 60).
 */
const BLOB = /[A-Za-z0-9+/=_-]{64,}/g;

/** What looks like a key, even if it is not ours, shortened by the service or masked with stars. */
const KEY = /\b(?:Bearer\s+\S+|sk-[A-Za-z0-9_*.-]{4,})/gi;

/** Control characters, and format characters that are invisible or change the text's direction. */
const INVISIBLE = /[\p{Cc}\p{Cf}]/gu;

/** A shorter key would be hidden inside ordinary words and IDs, which would make them unusable. */
const MIN_SECRET_CHARACTERS = 6;

const HIDDEN = '[hidden]';

/**
 * Makes a text from the service or the network safe to show, log and store: the key, tokens and
 * pieces of files are hidden, control and bidirectional characters are removed, and the result has
 * at most 400 characters.
 *
 * @param secret the credential's API key, which is hidden in every form (see `hideSecret`)
 */
export function redact(text: string, secret?: string): string {
	const visible = text.replace(/\s+/g, ' ').replace(INVISIBLE, '');
	const clean = hideSecret(visible, secret)
		.slice(0, MAX_SEARCHED_CHARACTERS)
		.replace(KEY, HIDDEN)
		.replace(BLOB, HIDDEN)
		.replace(/\s+/g, ' ')
		.trim();
	if (clean.length <= MAX_TEXT_CHARACTERS) return clean;
	// An emoji that is cut in half would become an invalid character.
	return `${clean.slice(0, MAX_TEXT_CHARACTERS - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/**
 * Hides only the key, in a text of any length: as it is, URL-encoded, as part of JSON, or in
 * base64, with or without `Bearer` before it.
 */
export function hideSecret(text: string, secret: string | undefined): string {
	return secretHider(secret)?.(text) ?? text;
}

/** `hideSecret` for many texts; `undefined` if there is nothing to hide. */
export function secretHider(secret: string | undefined): ((text: string) => string) | undefined {
	const forms = formsOf(secret);
	if (forms.length === 0) return undefined;
	const pattern = new RegExp(forms.map(escapeForRegExp).join('|'), 'gi');
	return (text) => text.replace(pattern, HIDDEN);
}

/** The ways in which a key can be written, the longest first so that no part of it remains. */
function formsOf(secret: string | undefined): string[] {
	// Users paste the key with `Bearer` before it; services repeat it without the prefix.
	const key = (secret ?? '').trim().replace(/^Bearer\s+/i, '');
	if (key.length < MIN_SECRET_CHARACTERS) return [];
	const json = JSON.stringify(key).slice(1, -1);
	const base64 = Buffer.from(key).toString('base64').replace(/=+$/, '');
	const forms = new Set([key, json, JSON.stringify(json).slice(1, -1), urlEncoded(key), base64]);
	return [...forms].sort((one, other) => other.length - one.length);
}

/** @returns the text itself if it cannot be URL-encoded (half a surrogate pair) */
function urlEncoded(text: string): string {
	try {
		return encodeURIComponent(text);
	} catch {
		return text;
	}
}

function escapeForRegExp(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
