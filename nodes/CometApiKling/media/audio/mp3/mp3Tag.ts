import { MP3_HEADER_BYTES } from './mp3Frame';

/** What the encoder wrote into a first frame without sound (Xing, Info or VBRI). */
export interface EncoderTag {
	/** Frames that the encoder wrote; 0 if it could not know, for example in a pipe. */
	frames: number;
	/** Samples that decoders leave out because the encoder added them at the start and at the end. */
	startSamples: number;
	endSamples: number;
}

/** Side information takes 9, 17 or 32 bytes; Xing's tag follows it. */
const XING_OFFSETS_BYTES = [9, 17, 32].map((sideInfo) => MP3_HEADER_BYTES + sideInfo);
/** Fraunhofer's tag always follows 32 bytes. */
const VBRI_OFFSET_BYTES = MP3_HEADER_BYTES + 32;
const VBRI_FRAMES_OFFSET = 14;

/**
 * Flags of Xing's tag, in the order of the fields that they announce, and the size of each field in
 * bytes.
 */
const XING_FIELDS: Array<[flag: number, bytes: number]> = [
	[0x01, 4],
	[0x02, 4],
	[0x04, 100],
	[0x08, 4],
];
const XING_HAS_FRAMES = 0x01;
const XING_HEADER_BYTES = 8;

/**
 * Encoders whose numbers of added samples ffmpeg trusts, and the offset of those numbers after the
 * name.
 */
const ENCODERS = ['LAME', 'Lavf', 'Lavc'];
const ENCODER_DELAY_OFFSET = 21;
/** Two 12-bit numbers. */
const DELAY_BYTES = 3;

/** The delay of every decoder, which players remove together with that of the encoder. */
const DECODER_DELAY_SAMPLES = 529;

/** Reads the tag of the frame at an offset; `undefined` if the frame holds sound. */
export function readEncoderTag(sound: Buffer, frameStart: number): EncoderTag | undefined {
	for (const offset of XING_OFFSETS_BYTES) {
		const start = frameStart + offset;
		if (['Xing', 'Info'].includes(nameAt(sound, start))) return readXing(sound, start);
	}
	const start = frameStart + VBRI_OFFSET_BYTES;
	if (nameAt(sound, start) !== 'VBRI') return undefined;
	const frames = uint32At(sound, start + VBRI_FRAMES_OFFSET);
	return { frames, startSamples: 0, endSamples: 0 };
}

function readXing(sound: Buffer, start: number): EncoderTag {
	const flags = uint32At(sound, start + 4);
	const hasFrames = (flags & XING_HAS_FRAMES) !== 0;
	const encoder =
		start +
		XING_HEADER_BYTES +
		XING_FIELDS.reduce((sum, [flag, bytes]) => sum + ((flags & flag) !== 0 ? bytes : 0), 0);
	const delays = encoder + ENCODER_DELAY_OFFSET;
	const isKnown = ENCODERS.includes(nameAt(sound, encoder)) && delays + DELAY_BYTES <= sound.length;
	const both = isKnown ? sound.readUIntBE(delays, DELAY_BYTES) : 0;
	return {
		frames: hasFrames ? uint32At(sound, start + XING_HEADER_BYTES) : 0,
		startSamples: isKnown ? (both >> 12) + DECODER_DELAY_SAMPLES : 0,
		endSamples: isKnown ? Math.max(0, (both & 0xfff) - DECODER_DELAY_SAMPLES) : 0,
	};
}

function nameAt(sound: Buffer, offset: number): string {
	return sound.toString('latin1', offset, offset + 4);
}

/** A 32-bit number; 0 if the file ends before it. */
function uint32At(sound: Buffer, offset: number): number {
	return offset + 4 <= sound.length ? sound.readUInt32BE(offset) : 0;
}
