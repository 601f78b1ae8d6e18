export const CORPUS_FORMATS = [
	'MP3',
	'WAV',
	'M4A',
	'AAC',
	'Raw PCM',
	'JPG',
	'PNG',
	'Other kinds',
] as const;
export type CorpusFormat = (typeof CORPUS_FORMATS)[number];

/** A file like those that users have, and the expected result. */
export interface CorpusFile {
	format: CorpusFormat;
	/** What is unusual about it. */
	name: string;
	bytes: Buffer;
	checkedAs: 'audio' | 'image';
	/** The MIME type of the binary field, if it matters. */
	mimeType?: string;
	/** The reason why it must be rejected; if left out, it must be accepted. */
	refusal?: RegExp;
}

/** Files of one format by name: those to accept, and those to reject with the reason. */
export function corpusFiles(
	format: CorpusFormat,
	checkedAs: CorpusFile['checkedAs'],
	accepted: Record<string, Buffer>,
	refused: Record<string, [bytes: Buffer, refusal: RegExp]> = {},
): CorpusFile[] {
	return [
		...Object.entries(accepted).map(([name, bytes]) => ({ format, name, bytes, checkedAs })),
		...Object.entries(refused).map(([name, [bytes, refusal]]) => ({
			format,
			name,
			bytes,
			checkedAs,
			refusal,
		})),
	];
}

/** The files that ffmpeg made, by name. */
export type Bases = (name: string) => Buffer;

/** `count` bytes that look like compressed data; they are the same each time. */
export function noise(count: number, seed = 1): Buffer {
	const bytes = Buffer.alloc(count);
	let state = seed;
	for (let index = 0; index < count; index++) {
		// A linear congruential generator, with the constants of Numerical Recipes.
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		bytes[index] = state >>> 24;
	}
	return bytes;
}

/** A copy with other bytes written at an offset. */
export function patched(bytes: Buffer, offset: number, patch: Buffer): Buffer {
	const copy = Buffer.from(bytes);
	patch.copy(copy, offset);
	return copy;
}
