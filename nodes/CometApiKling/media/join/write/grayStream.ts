import { BitWriter } from './bitWriter';
import { uint16 } from './boxWriter';

/** H.264's baseline profile, which decoders of the main profile can play, too. */
const PROFILE = 66;
const COMPATIBILITY = 0xc0;
/** Level 4.0 allows pictures of up to 2,048 by 1,024 pixels. */
const LEVEL = 40;

/** The side of a macroblock in pixels. */
const BLOCK_PIXELS = 16;

/** First bytes of a unit: its importance (`nal_ref_idc`) and its type (ITU-T H.264, table 7-1). */
const SEQUENCE_SET = 0x67;
const PICTURE_SET = 0x68;
const FIRST_PICTURE = 0x65;
const NEXT_PICTURE = 0x41;

/** Slice types for pictures whose slices all have the same type (table 7-6). */
const ALL_INTRA = 7;
const ALL_PREDICTED = 5;

/** `log2_max_frame_num`: pictures are numbered from 0 to 15. */
const NUMBER_BITS = 4;

/**
 * A macroblock that looks like its neighbors; the first one is gray: mode I_16x16_2_0_0 (`ue(3)`),
 * the same for chroma (`ue(0)`), no quality change (`se(0)`), no coefficients (`1`). One byte.
 */
const GRAY_BLOCK = '00100111';

/** A stream of gray pictures. */
export interface GrayStream {
	/** The content of `avcC`. */
	decoder: Buffer;
	/** The samples: a complete picture, then pictures that repeat it. */
	pictures: Buffer[];
}

/** Encodes gray pictures in H.264. @param width and height in pixels, even numbers */
export function grayStream(width: number, height: number, pictures: number): GrayStream {
	const columns = Math.ceil(width / BLOCK_PIXELS);
	const rows = Math.ceil(height / BLOCK_PIXELS);
	const blocks = columns * rows;
	const sequence = unit(SEQUENCE_SET, sequenceSet(width, height, columns, rows));
	const picture = unit(
		PICTURE_SET,
		// Two set IDs, two flags, slice groups, references, two weighting flags, three quality
		// offsets, three flags: all are 0.
		new BitWriter()
			.golomb(0, 0)
			.fixed(0, 2)
			.golomb(0, 0, 0)
			.fixed(0, 3)
			.golomb(0, 0, 0)
			.fixed(0, 3),
	);
	const samples = Array.from({ length: pictures }, (_, index) =>
		index === 0
			? unit(FIRST_PICTURE, firstPicture(blocks))
			: unit(NEXT_PICTURE, nextPicture(index, blocks)),
	);
	return {
		decoder: Buffer.concat([
			// Version 1; sizes of four bytes; one set of each kind, preceded by its size.
			Buffer.from([1, PROFILE, COMPATIBILITY, LEVEL, 0xff, 0xe1]),
			uint16(sequence.length),
			sequence,
			Buffer.from([1]),
			uint16(picture.length),
			picture,
		]),
		pictures: samples.map((sample) => Buffer.concat([uint16(0, sample.length), sample])),
	};
}

/** 7.3.2.1: pictures are shown in the order in which they are stored. */
function sequenceSet(width: number, height: number, columns: number, rows: number): BitWriter {
	const [right, bottom] = [columns * BLOCK_PIXELS - width, rows * BLOCK_PIXELS - height];
	const bits = new BitWriter()
		.fixed(PROFILE, 8)
		.fixed(COMPATIBILITY, 8)
		.fixed(LEVEL, 8)
		// The set ID, the bits of frame numbers, order type 2, one reference; no gaps.
		.golomb(0, NUMBER_BITS - 4, 2, 1)
		.fixed(0, 1)
		.golomb(columns - 1, rows - 1)
		// Frames, not fields; direct_8x8_inference.
		.fixed(0b11, 2);
	// Cropping at each side, in pairs of pixels.
	if (right + bottom > 0) bits.fixed(1, 1).golomb(0, right / 2, 0, bottom / 2);
	else bits.fixed(0, 1);
	return bits.fixed(0, 1);
}

/** 7.3.3: an independently decodable picture. */
function firstPicture(blocks: number): BitWriter {
	return (
		new BitWriter()
			.golomb(0, ALL_INTRA, 0)
			.fixed(0, NUMBER_BITS)
			// The picture number restarts, and references and quality keep their defaults.
			.golomb(0)
			.fixed(0, 2)
			.golomb(0)
			.repeated(GRAY_BLOCK, blocks)
	);
}

/** A picture whose macroblocks are all skipped, so that it repeats the one before. */
function nextPicture(index: number, blocks: number): BitWriter {
	return (
		new BitWriter()
			.golomb(0, ALL_PREDICTED, 0)
			.fixed(index % 2 ** NUMBER_BITS, NUMBER_BITS)
			// Default references, order and marking; no change of quality.
			.fixed(0, 3)
			.golomb(0)
			.golomb(blocks)
	);
}

/** A unit of the stream: ends with a 1 bit; two zero bytes never precede a byte below 4 (7.3.1). */
function unit(type: number, content: BitWriter): Buffer {
	const bytes: number[] = [type];
	let zeros = 0;
	for (const byte of content.fixed(1, 1).bytes()) {
		if (zeros === 2 && byte <= 3) {
			bytes.push(3);
			zeros = 0;
		}
		bytes.push(byte);
		zeros = byte === 0 ? zeros + 1 : 0;
	}
	return Buffer.from(bytes);
}
