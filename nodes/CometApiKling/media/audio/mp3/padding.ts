import { id3TagEnd } from './id3';

/**
 * APEv2 header: "APETAGEX", version, the size of what follows it, number of items, flags
 * (wiki.hydrogenaud.io, APE Tags Header).
 */
const APE_NAME = 'APETAGEX';
const APE_HEADER_BYTES = 32;
const APE_SIZE_OFFSET = 12;

/** The offset of the sound after tags and zeros of any length; at most the length of the file. */
export function skipPadding(sound: Buffer): number {
	let offset = 0;
	let next: number | undefined = 0;
	while (next !== undefined) {
		offset = next;
		while (offset < sound.length && sound[offset] === 0) offset += 1;
		next = apeTagEnd(sound, offset) ?? id3TagEnd(sound, offset);
	}
	return offset;
}

/** The end of the APE tag at an offset; `undefined` if there is none, or if it is not whole. */
function apeTagEnd(sound: Buffer, offset: number): number | undefined {
	if (offset + APE_HEADER_BYTES > sound.length) return undefined;
	if (sound.toString('latin1', offset, offset + APE_NAME.length) !== APE_NAME) return undefined;
	const end = offset + APE_HEADER_BYTES + sound.readUInt32LE(offset + APE_SIZE_OFFSET);
	return end <= sound.length ? end : undefined;
}
