/** MPEG-1 layer III, 32 kbit/s, 44.1 kHz, mono (ISO/IEC 11172-3, 2.4.2.3). */
const FRAME_HEADER = Buffer.from([0xff, 0xfb, 0x10, 0xc4]);

/** This is 144 × 32,000 / 44,100, rounded down: no frame is padded. */
const FRAME_BYTES = 104;

const SAMPLES_PER_FRAME = 1152;
const SAMPLES_PER_SECOND = 44_100;

/**
 * A silent MP3 of this length, 4 kB per second: a frame whose side information is all zeros decodes
 * to silence.
 */
export function silentMp3(seconds: number): Buffer {
	const frame = Buffer.alloc(FRAME_BYTES);
	FRAME_HEADER.copy(frame);
	const frames = Math.max(1, Math.ceil((seconds * SAMPLES_PER_SECOND) / SAMPLES_PER_FRAME));
	return Buffer.concat(Array.from({ length: frames }, () => frame));
}
