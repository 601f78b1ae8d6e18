/** One frame of a sound stream that has a header before every frame (MP3, ADTS). */
export interface Frame {
	/** With its header. */
	bytes: number;
	seconds: number;
}

/** Reads the header at an offset; `undefined` where there is none. */
export type FrameReader = (sound: Buffer, offset: number) => Frame | undefined;

/** Two bytes that look like a header are common in any data; so many frames in a row are not. */
const FRAMES_IN_A_ROW = 3;

/** Tags, padding and damage between frames are passed over, but not more of them than this. */
const MAX_JUNK_BYTES = 64 * 1024;

/** Where the first of several frames in a row begins; frames that reach the file's end are enough. */
export function findFrames(sound: Buffer, from: number, read: FrameReader): number | undefined {
	const end = Math.min(sound.length, from + MAX_JUNK_BYTES);
	for (let offset = from; offset < end; offset++) {
		if (sound[offset] === 0xff && areFramesAt(sound, offset, read)) return offset;
	}
	return undefined;
}

/**
 * The sum of all frames from `start` on. A header that is damaged costs its frame only. Takes time in
 * proportion to the number of bytes.
 */
export function sumFrames(sound: Buffer, start: number, read: FrameReader): number {
	let seconds = 0;
	let offset: number | undefined = start;
	while (offset !== undefined) {
		const frame = read(sound, offset);
		if (frame) {
			// The last frame of a file that was cut holds no sound.
			if (offset + frame.bytes <= sound.length) seconds += frame.seconds;
			offset += frame.bytes;
		} else {
			offset = findFrames(sound, offset + 1, read);
		}
	}
	return seconds;
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
