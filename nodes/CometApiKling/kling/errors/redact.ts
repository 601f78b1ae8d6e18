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
 * Hides only the key, in a text of any length: as it is, with any of its characters escaped as in
 * JSON, URLs or HTML, or in base64, alone or as a part of a text such as `Bearer …`.
 */
export function hideSecret(text: string, secret: string | undefined): string {
	return secretHider(secret)?.(text) ?? text;
}

/** `hideSecret` for many texts; `undefined` if there is nothing to hide. */
export function secretHider(secret: string | undefined): ((text: string) => string) | undefined {
	// Users paste the key with `Bearer` before it; services repeat it without the prefix.
	const key = (secret ?? '').trim().replace(/^Bearer\s+/i, '');
	if (key.length < MIN_SECRET_CHARACTERS) return undefined;
	const plain = [...key].map(spellingsOf).join('');
	const pattern = new RegExp([plain, ...base64PatternsOf(key)].join('|'), 'gi');
	return (text) => text.replace(pattern, HIDDEN);
}

/**
 * The backslashes of JSON inside JSON, three levels deep. The number is limited, since a search for
 * any number of them takes quadratic time.
 */
const ESCAPES = '\\\\{0,7}';

/** A pattern for one character: as it is, or escaped once or more, as in JSON inside JSON. */
function spellingsOf(character: string): string {
	// Nothing escapes letters and digits. With all of their spellings, the pattern would take
	// milliseconds to compile, and it is compiled for each text.
	if (/[a-z0-9]/i.test(character)) return character;
	const code = character.codePointAt(0) ?? 0;
	const hex = code.toString(16);
	const bytes = [...Buffer.from(character)].map((byte) => byte.toString(16).padStart(2, '0'));
	const spellings = [
		`${ESCAPES}${escapeForRegExp(character)}`,
		`${ESCAPES}u${hex.padStart(4, '0')}`,
		bytes.map((byte) => `%(?:25){0,3}${byte}`).join(''),
		`&#x0{0,6}${hex};`,
		`&#0{0,6}${code};`,
		...(HTML_NAMES[character] ?? []),
	];
	return `(?:${spellings.join('|')})`;
}

const HTML_NAMES: Record<string, string[]> = {
	'&': ['&amp;'],
	'<': ['&lt;'],
	'>': ['&gt;'],
	'"': ['&quot;'],
	"'": ['&apos;'],
};

/** Base64 writes three bytes as four characters, so the bytes before the key change its form. */
function base64PatternsOf(key: string): string[] {
	return [0, 1, 2].map((before) => {
		const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(key)]);
		// The first and the last character may also contain bits of the neighboring bytes.
		const first = Math.ceil((before * 4) / 3);
		const end = Math.floor((bytes.length * 4) / 3);
		const base64 = bytes.toString('base64').slice(first, end);
		return escapeForRegExp(base64).replace(/\\\+/g, '[+-]').replace(/\\\//g, '[/_]');
	});
}

function escapeForRegExp(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
