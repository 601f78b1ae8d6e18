/** Common file systems limit names to 255 bytes, the extension included. */
const MAX_NAME_BYTES = 255;

/** Characters that some file systems or headers do not accept in a name. */
const UNSAFE = /["*/:<>?\\|\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** Marks that change how the rest of a name is displayed, and halves of surrogate pairs. */
const INVISIBLE = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\p{Cs}]+/gu;

/** Windows reserves these names for devices, regardless of the extension. */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])\s*(\.|$)/i;

/**
 * Splits text into characters as readers see them, so that an emoji of several code points is not
 * cut.
 */
const CHARACTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * The name of a result file: the user's, or one made from the task ID, with the extension of its
 * format. If the user's extension is wrong, the correct one is appended, so that the user's text
 * stays readable.
 */
export function fileNameFor(wanted: string | undefined, taskId: string, extension: string): string {
	const name = safeName(wanted ?? '');
	const base = name === '' ? safeName(`kling-${taskId}`) : name;
	const ending = `.${extension}`;
	const stem = base.toLowerCase().endsWith(ending) ? base.slice(0, -ending.length) : base;
	const maxBytes = MAX_NAME_BYTES - Buffer.byteLength(ending);
	return `${trimmed(cutTo(maxBytes, RESERVED.test(stem) ? `_${stem}` : stem))}${ending}`;
}

function safeName(text: string): string {
	return trimmed(text.replace(INVISIBLE, '').replace(UNSAFE, '-'));
}

/** A leading dot hides a file, and Windows removes trailing dots and spaces. */
function trimmed(name: string): string {
	return name.replace(/^[.\s]+|[.\s]+$/g, '');
}

function cutTo(maxBytes: number, text: string): string {
	let kept = '';
	let bytes = 0;
	for (const { segment } of CHARACTERS.segment(text)) {
		bytes += Buffer.byteLength(segment);
		if (bytes > maxBytes) break;
		kept += segment;
	}
	return kept;
}
