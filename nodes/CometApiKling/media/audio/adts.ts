import { isAdtsStart } from '../streamStart';
import { toAudioLength, type AudioLength } from '../audioLength';
import { findFirstFrame, sumFrames, type Frame } from './mp3/frames';

/** ISO/IEC 14496-3, table 1.18; the last three are reserved. */
const SAMPLE_RATES_HZ = [
	96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
	7_350,
];
const SAMPLES_PER_BLOCK = 1024;
const HEADER_BYTES = 7;

/** The length of raw AAC: the blocks of all frames, each over its sample rate. */
export function readAdts(sound: Buffer): AudioLength {
	const start = findFirstFrame(sound, readFrame);
	return start === undefined
		? 'unreadable'
		: toAudioLength(sumFrames(sound, start, readFrame).seconds);
}

function readFrame(sound: Buffer, offset: number): Frame | undefined {
	if (offset + HEADER_BYTES > sound.length) return undefined;
	if (!isAdtsStart(sound.subarray(offset, offset + 2))) return undefined;
	const sampleRate = SAMPLE_RATES_HZ[(sound.readUInt8(offset + 2) >> 2) & 0x0f];
	const bytes =
		((sound.readUInt8(offset + 3) & 0x03) << 11) |
		(sound.readUInt8(offset + 4) << 3) |
		(sound.readUInt8(offset + 5) >> 5);
	if (sampleRate === undefined || bytes < HEADER_BYTES) return undefined;
	const blocks = (sound.readUInt8(offset + 6) & 0x03) + 1;
	return { bytes, seconds: (blocks * SAMPLES_PER_BLOCK) / sampleRate };
}
