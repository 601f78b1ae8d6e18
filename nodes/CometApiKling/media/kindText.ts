/** What a text is; looked for in its first characters only. */
export interface TextKind {
	mimeType: string;
	extension: string;
	name: string;
}

/** Of a text without white space in front. All quantifiers run over a few hundred characters. */
const PATTERNS: Array<[RegExp, TextKind]> = [
	[
		/^<(!doctype html|html|head|body)/i,
		{ mimeType: 'text/html', extension: 'html', name: 'a web page' },
	],
	[
		/^(<\?xml[^>]*>\s*)?(<!--[^>]*-->\s*)?<(svg|!doctype svg)/i,
		{ mimeType: 'image/svg+xml', extension: 'svg', name: 'an SVG drawing' },
	],
	[/^<\?xml/i, { mimeType: 'application/xml', extension: 'xml', name: 'an XML document' }],
	[
		/^(\{\s*["}]|\[\s*["\]{[\d])/,
		{ mimeType: 'application/json', extension: 'json', name: 'JSON text' },
	],
	[/^data:/i, { mimeType: 'text/plain', extension: 'txt', name: 'the text of a data: link' }],
	[/^https?:\/\//i, { mimeType: 'text/plain', extension: 'txt', name: 'the text of a link' }],
];

/** Base64 of any file has all of these characters within its first lines, and words do not. */
const BASE64_TEXT = /^(?=[\s\S]*[a-z])(?=[\s\S]*[A-Z])(?=[\s\S]*\d)[A-Za-z0-9+/_\r\n-]{64,}=*\s*$/;
const BASE64: TextKind = { mimeType: 'text/plain', extension: 'b64', name: 'base64 text' };

const PLAIN: TextKind = { mimeType: 'text/plain', extension: 'txt', name: 'plain text' };

/** Bytes that no text holds: control characters other than tab, line ends and form feed. */
// eslint-disable-next-line no-control-regex
const CONTROL_CHARACTER = /[\x00-\x08\x0b\x0e-\x1f\x7f]/;

/** The longest character that the end of the excerpt may cut through, less one byte. */
const MAX_CUT_CHARACTERS = 3;

/** The kind of text that the start of a file is; `undefined` if it is not UTF-8 text. */
export function textKindOf(start: Uint8Array): TextKind | undefined {
	const text = Buffer.from(start).toString('utf8');
	if (text === '' || CONTROL_CHARACTER.test(text)) return undefined;
	if (text.slice(0, -MAX_CUT_CHARACTERS).includes('\ufffd')) return undefined;
	if (text.length <= MAX_CUT_CHARACTERS && text.includes('\ufffd')) return undefined;
	// A byte order mark counts as white space, too.
	const content = text.trimStart();
	const found = PATTERNS.find(([pattern]) => pattern.test(content))?.[1];
	return found ?? (BASE64_TEXT.test(content) ? BASE64 : PLAIN);
}
