import { invalidMedia, type InvalidMedia } from './validationResult';

export type Base64Result =
	| { ok: true; base64: string; bytes: number; mimeType: string }
	| InvalidMedia;

/**
 * `data:image/png;base64,` and similar prefixes (RFC 2397); only the first characters are searched.
 */
const DATA_PREFIX = /^data:(?<mimeType>[^,]{0,200});base64,/i;
const PREFIX_CHARACTERS = 256;

const ENTER_BASE64 =
	'Enter the base64 content of the file, for example from the Extract from File node.';

/**
 * Checks base64 text and removes a `data:` prefix and whitespace, which the API does not accept
 * (docs/maintainers/service-notes.md#create-an-avatar-task). The time taken is proportional to the
 * text's length for any text. `problem` is a full sentence here.
 *
 * @returns the bare text in standard base64, the number of bytes that it encodes, and the MIME type
 * of its prefix, which may be empty
 */
export function checkBase64(text: string): Base64Result {
	const trimmed = text.trimStart();
	const head = trimmed.slice(0, PREFIX_CHARACTERS);
	const dataUrl = DATA_PREFIX.exec(head);
	const prefix = dataUrl?.[0] ?? '';
	if (prefix === '' && /^data:/i.test(head)) {
		return invalidMedia('It starts with data: but is not base64-encoded.', ENTER_BASE64);
	}
	if (/^https?:\/\//i.test(head)) {
		return invalidMedia('It is a URL.', "Set the source to 'URL', or enter base64.");
	}
	const base64 = toStandard(withoutSpace(trimmed.slice(prefix.length)));
	if (base64 === '') return invalidMedia('It is empty.', ENTER_BASE64);
	const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
	const digits = base64.length - padding;
	const invalid = firstInvalidCharacter(base64, digits);
	if (invalid !== undefined) {
		return invalidMedia(
			`It contains the character ${JSON.stringify(invalid)}, which base64 does not allow at that position.`,
			ENTER_BASE64,
		);
	}
	if (digits % 4 === 1 || (padding > 0 && base64.length % 4 !== 0)) {
		return invalidMedia('It is truncated: base64 never has this length.', ENTER_BASE64);
	}
	return {
		ok: true,
		base64,
		bytes: Math.floor((digits * 3) / 4),
		mimeType: dataUrl?.groups?.mimeType ?? '',
	};
}

/** Most texts contain no whitespace, and those are not copied. */
function withoutSpace(text: string): string {
	return /\s/.test(text) ? text.replace(/\s+/g, '') : text;
}

/** Gmail's API and web tokens use `-` and `_`, which the API of Kling does not accept. */
function toStandard(text: string): string {
	return /[-_]/.test(text) ? text.replaceAll('-', '+').replaceAll('_', '/') : text;
}

/** The first character before `end` that is not a base64 digit. */
function firstInvalidCharacter(text: string, end: number): string | undefined {
	const invalid = /[^A-Za-z0-9+/]/u.exec(text);
	return invalid && invalid.index < end ? invalid[0] : undefined;
}
