import { id3TagEnd } from './id3';
import { skipPadding } from './padding';

/** One frame of a sound stream that has a header before every frame (MP3, ADTS). */
export interface Frame {
	/** The number of bytes, with the header. */
	bytes: number;
	seconds: number;
}

/** Reads the header at an offset; `undefined` if there is none. */
export type FrameReader = (sound: Buffer, offset: number) => Frame | undefined;

/** The total of all complete frames of a stream. */
export interface FrameSum {
	count: number;
	seconds: number;
}

/**
 * Two bytes that look like a header are common in any data, but this many frames in a row are not.
 */
const FRAMES_IN_A_ROW = 3;

/**
 * Streams may start in the middle of a frame or with other data of up to this length. Tags and
 * zeros before it do not count.
 */
const MAX_LEADING_JUNK_BYTES = 64 * 1024;

/**
 * The offset of the first frame of a stream, `undefined` if it has none near its start. If the
 * frames reach the end of the file, one is enough.
 */
export function findFirstFrame(sound: Buffer, read: FrameReader): number | undefined {
	const start = skipPadding(sound);
	return findFrames(sound, start, Math.min(sound.length, start + MAX_LEADING_JUNK_BYTES), read);
}

/**
 * The sum of all frames from `start` on. Joined files have tags and covers of any size between
 * their frames, which are skipped. If a header is damaged, only its frame is lost. The time taken
 * is proportional to the number of bytes.
 */
export function sumFrames(sound: Buffer, start: number, read: FrameReader): FrameSum {
	const sum = { count: 0, seconds: 0 };
	let offset: number | undefined = start;
	while (offset !== undefined) {
		const frame = read(sound, offset);
		if (!frame) {
			offset = findFrames(sound, id3TagEnd(sound, offset) ?? offset + 1, sound.length, read);
			continue;
		}
		offset += frame.bytes;
		// If the file was cut off, its last frame holds no sound.
		if (offset > sound.length) break;
		sum.count += 1;
		sum.seconds += frame.seconds;
	}
	return sum;
}

function findFrames(
	sound: Buffer,
	from: number,
	to: number,
	read: FrameReader,
): number | undefined {
	let offset = sound.indexOf(0xff, from);
	while (offset !== -1 && offset < to) {
		if (areFramesAt(sound, offset, read)) return offset;
		offset = sound.indexOf(0xff, offset + 1);
	}
	return undefined;
}

function areFramesAt(sound: Buffer, start: number, read: FrameReader): boolean {
	let offset = start;
	for (let count = 0; count < FRAMES_IN_A_ROW; count++) {
		const frame = read(sound, offset);
		if (!frame) return false;
		offset += frame.bytes;
		if (offset >= sound.length) return offset === sound.length;
	}
	return true;
}
