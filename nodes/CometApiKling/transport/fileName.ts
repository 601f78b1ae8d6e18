/** Common file systems end names at 255 bytes, the ending included. */
const MAX_NAME_BYTES = 255;

/** Characters that some file system or header does not take in a name. */
const UNSAFE = /["*/:<>?\\|\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** Marks that change how the rest of a name is shown, and halves of characters. */
const INVISIBLE = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\p{Cs}]+/gu;

/** Windows keeps these names for devices, whatever ending follows. */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])\s*(\.|$)/i;

/** Splits text where a reader sees one character end: an emoji of several code points is not cut. */
const CHARACTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * A name for a result: the user's, or one made of the task id, with the ending of what it holds.
 * A wrong ending is kept and the right one put behind it, so that what was typed stays readable.
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

/** A dot in front hides a file, and Windows drops dots and spaces at the end. */
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
