import { isoMediaKindOf } from './isoMediaKind';
import { SIGNATURES } from './kindSignatures';
import { textKindOf } from './kindText';
import type { MediaKind } from './mediaKind';

/** This many bytes from the start are enough to identify any kind. */
const KIND_BYTES = 512;

/** The kind of a file, judged by its first bytes alone; `undefined` if it is not a known kind. */
export function kindOf(bytes: Uint8Array): MediaKind | undefined {
	const start = Buffer.from(bytes.subarray(0, KIND_BYTES));
	const text = start.toString('latin1');
	const isoMedia = isoMediaKindOf(start, text);
	if (isoMedia) return isoMedia;
	const signature = SIGNATURES.find((candidate) => candidate.matches(start, text));
	if (signature) return signature.kind;
	const textKind = textKindOf(start);
	return textKind && { ...textKind, family: 'other' };
}

/** The kind of a result: only videos, audio and images can be results. */
export function sniffMedia(
	bytes: Uint8Array,
): (MediaKind & { family: 'video' | 'audio' | 'image' }) | undefined {
	const found = kindOf(bytes);
	if (found === undefined || found.family === 'other') return undefined;
	return { ...found, family: found.family };
}
