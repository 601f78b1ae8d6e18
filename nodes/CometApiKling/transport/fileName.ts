/** File systems end names at 255 bytes; this leaves room for an ending and for what others add. */
const MAX_NAME_CHARACTERS = 120;

/** Characters that some file system or header does not take in a name. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const UNSAFE = /[\u0000-\u001f\u007f"*/:<>?\\|]+/g;

/**
 * A name for a result: the user's, or one made of the task id, with the ending of what it holds.
 * A wrong ending is kept and the right one put behind it, so that what was typed stays readable.
 */
export function fileNameFor(wanted: string | undefined, taskId: string, extension: string): string {
	const name = (wanted ?? '').replace(UNSAFE, '-').replace(/^[.\s]+|[.\s]+$/g, '');
	const base = name === '' ? `kling-${taskId.replace(UNSAFE, '-')}` : name;
	const ending = `.${extension}`;
	const stem = base.toLowerCase().endsWith(ending) ? base.slice(0, -ending.length) : base;
	return `${stem.slice(0, MAX_NAME_CHARACTERS)}${ending}`;
}
