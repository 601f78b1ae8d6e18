/** Far more than a name can have, and few enough for `trimmed`, which takes quadratic time. */
const MAX_READ_CHARACTERS = 1_000;

/** Common file systems limit names to 255 bytes, the extension included. */
const MAX_NAME_BYTES = 255;

/** Characters that some file systems or headers do not accept in a name. */
const UNSAFE = /["*/:<>?\\|\p{Cc}\p{Zl}\p{Zp}]+/gu;

/**
 * Marks that are invisible or change how the rest of a name is displayed, and halves of surrogate
 * pairs. Joiners are kept, since languages and emoji need them, and so are the tag characters of a
 * flag, of which there are at most six.
 */
const INVISIBLE =
	/(?:[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\p{Cs}]|(?<!\u{1f3f4}[\u{e0020}-\u{e007e}]{0,6})[\u{e0000}-\u{e007f}])+/gu;

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
	const ending = `.${extension}`;
	// A single character of many combining marks can be too long, so that nothing of it is kept.
	return `${stemOf(wanted ?? '', ending) || stemOf(`kling-${taskId}`, ending)}${ending}`;
}

function stemOf(text: string, ending: string): string {
	const name = safeName(text);
	const stem = trimmed(name.toLowerCase().endsWith(ending) ? name.slice(0, -ending.length) : name);
	const maxBytes = MAX_NAME_BYTES - Buffer.byteLength(ending);
	return trimmed(cutTo(maxBytes, RESERVED.test(stem) ? `_${stem}` : stem));
}

function safeName(text: string): string {
	return trimmed(text.slice(0, MAX_READ_CHARACTERS).replace(INVISIBLE, '').replace(UNSAFE, '-'));
}

/**
 * A leading dot hides a file, Windows removes trailing dots and spaces, and a joiner that joins
 * nothing is invisible.
 */
function trimmed(name: string): string {
	return name.replace(/^(?:[.\s]|\u200c|\u200d)+|(?:[.\s]|\u200c|\u200d)+$/g, '');
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
