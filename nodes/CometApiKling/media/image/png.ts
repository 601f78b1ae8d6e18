import { crc32 } from './crc32';
import { readDimensions } from './dimensions';
import type { ImageReading } from './imageReading';

const SIGNATURE_BYTES = 8;
/** Each chunk has a length and a type before it, and a checksum after it. */
const HEADER_BYTES = 8;
const CHECKSUM_BYTES = 4;
/** image-dimensions needs only the signature and the first chunk. */
const SIZE_BYTES = 64;

/** Names of chunks as numbers, since comparing many texts is slow. */
const [IHDR, PLTE, IDAT, IEND] = ['IHDR', 'PLTE', 'IDAT', 'IEND'].map((name) =>
	Buffer.from(name, 'latin1').readUInt32BE(),
);
/** The first letter is lowercase: decoders may skip such a chunk. */
const IS_OPTIONAL = 0x20000000;

/** Bits per sample that each color type may have (PNG, 11.2.1). */
const BIT_DEPTHS: Record<number, number[]> = {
	0: [1, 2, 4, 8, 16],
	2: [8, 16],
	3: [1, 2, 4, 8],
	4: [8, 16],
	6: [8, 16],
};
const PALETTE_COLORS = 3;
const HEADER_CONTENT_BYTES = 13;

/** Interlace methods by number: 0 is none, 1 is Adam7. */
const MAX_INTERLACE_METHOD = 1;

/** The lower half of the first byte of compressed data: deflate (RFC 1950, 2.2). */
const DEFLATE = 8;

/** The relevant contents of the chunks that every image needs. */
interface Chunks {
	/** Whether the chunk that ends the image is there. */
	isWhole: boolean;
	areChecksumsRight: boolean;
	hasPalette: boolean;
	header?: Buffer;
	/** The first part of the compressed image that is not empty. */
	picture?: Buffer;
}

/**
 * Checks a PNG as far as headers and checksums allow, without decompressing it. Damage in chunks
 * that an image does not need (`tEXt`, `iCCP` and others with a lowercase first letter) does no
 * harm.
 */
export function readPng(file: Buffer): ImageReading {
	const first = file.toString('latin1', SIGNATURE_BYTES + 4, SIGNATURE_BYTES + HEADER_BYTES);
	if (first === 'CgBI') return 'appleOnly';
	const size = readDimensions(file.subarray(0, SIZE_BYTES));
	if (!size) return 'unreadable';
	const chunks = readChunks(file);
	if (!chunks.areChecksumsRight) return 'damaged';
	if (!chunks.isWhole) return 'cut';
	return canBeDecoded(chunks) ? size : 'damaged';
}

/** Stops at the end of the image; bytes after it do no harm. */
function readChunks(file: Buffer): Chunks {
	const chunks: Chunks = { isWhole: false, areChecksumsRight: true, hasPalette: false };
	let offset = SIGNATURE_BYTES;
	while (!chunks.isWhole && offset + HEADER_BYTES + CHECKSUM_BYTES <= file.length) {
		const start = offset + HEADER_BYTES;
		const end = start + file.readUInt32BE(offset);
		if (end + CHECKSUM_BYTES > file.length) break;
		const type = file.readUInt32BE(offset + 4);
		const isNeeded = (type & IS_OPTIONAL) === 0;
		if (isNeeded && crc32(file, offset + 4, end) !== file.readUInt32BE(end)) {
			chunks.areChecksumsRight = false;
		}
		if (type === IHDR) chunks.header ??= file.subarray(start, end);
		if (type === IDAT && end > start) chunks.picture ??= file.subarray(start, end);
		chunks.hasPalette ||= type === PLTE;
		chunks.isWhole = type === IEND;
		offset = end + CHECKSUM_BYTES;
	}
	return chunks;
}

function canBeDecoded({ header, picture, hasPalette }: Chunks): boolean {
	if (header?.length !== HEADER_CONTENT_BYTES) return false;
	const [depth = 0, colors = 0, compression, filter, interlace = 0] = header.subarray(8);
	if (!BIT_DEPTHS[colors]?.includes(depth)) return false;
	if (compression !== 0 || filter !== 0 || interlace > MAX_INTERLACE_METHOD) return false;
	if (colors === PALETTE_COLORS && !hasPalette) return false;
	return picture !== undefined && isCompressed(picture);
}

/**
 * The two bytes before compressed data name its method, and as one number they are divisible by 31.
 */
function isCompressed(data: Buffer): boolean {
	const [method = 0, flags] = data;
	if ((method & 0x0f) !== DEFLATE) return false;
	return flags === undefined || ((method << 8) | flags) % 31 === 0;
}
