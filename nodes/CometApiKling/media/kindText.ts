import { mediaKind, type MediaKind } from './mediaKind';

/**
 * Patterns for text without leading whitespace. All quantifiers cover a few hundred characters
 * at most.
 */
const PATTERNS: Array<[RegExp, MediaKind]> = [
	[/^<(!doctype html|html|head|body)/i, mediaKind('text/html', 'html', 'other', 'a web page')],
	[
		/^(<\?xml[^>]*>\s*)?(<!--[^>]*-->\s*)?<(svg|!doctype svg)/i,
		mediaKind('image/svg+xml', 'svg', 'other', 'an SVG drawing'),
	],
	[/^<\?xml/i, mediaKind('application/xml', 'xml', 'other', 'an XML document')],
	[/^(\{\s*["}]|\[\s*["\]{[\d])/, mediaKind('application/json', 'json', 'other', 'JSON text')],
	[/^data:/i, mediaKind('text/plain', 'txt', 'other', 'a data: URL saved as text')],
	[/^https?:\/\//i, mediaKind('text/plain', 'txt', 'other', 'a URL saved as text')],
];

/** Base64 of any file contains all of these characters in its first lines, but prose does not. */
const BASE64_TEXT = /^(?=[\s\S]*[a-z])(?=[\s\S]*[A-Z])(?=[\s\S]*\d)[A-Za-z0-9+/_\r\n-]{64,}=*\s*$/;
const BASE64 = mediaKind('text/plain', 'b64', 'other', 'base64 text');

const PLAIN = mediaKind('text/plain', 'txt', 'other', 'plain text');

/** Bytes that never occur in text: control characters other than tab, line ends and form feed. */
// eslint-disable-next-line no-control-regex
const CONTROL_CHARACTER = /[\x00-\x08\x0b\x0e-\x1f\x7f]/;

/** The longest character that the end of the excerpt may cut in two, minus one byte. */
const MAX_CUT_CHARACTERS = 3;

/** The kind of text that a file starts with; `undefined` if it is not UTF-8 text. */
export function textKindOf(start: Uint8Array): MediaKind | undefined {
	const text = Buffer.from(start).toString('utf8');
	if (text === '' || CONTROL_CHARACTER.test(text)) return undefined;
	if (text.slice(0, -MAX_CUT_CHARACTERS).includes('\ufffd')) return undefined;
	if (text.length <= MAX_CUT_CHARACTERS && text.includes('\ufffd')) return undefined;
	// A byte order mark counts as whitespace, too.
	const content = text.trimStart();
	const found = PATTERNS.find(([pattern]) => pattern.test(content))?.[1];
	return found ?? (BASE64_TEXT.test(content) ? BASE64 : PLAIN);
}
