import { imageDimensionsFromData } from 'image-dimensions';

import { crc32 } from './crc32';
import type { ImageReading } from './imageReading';

const SIGNATURE_BYTES = 8;
/** Each chunk has a length and a type in front, and a checksum behind. */
const HEADER_BYTES = 8;
const CHECKSUM_BYTES = 4;
/** image-dimensions needs no more than the signature and the first chunk. */
const SIZE_BYTES = 64;

/** Bits per sample that each type of colors may have (PNG, 11.2.1). */
const BIT_DEPTHS: Record<number, number[]> = {
	0: [1, 2, 4, 8, 16],
	2: [8, 16],
	3: [1, 2, 4, 8],
	4: [8, 16],
	6: [8, 16],
};
const PALETTE_COLORS = 3;
const HEADER_CONTENT_BYTES = 13;

/** Kinds of filters and interlacing are numbered; there are two of the latter. */
const MAX_INTERLACE_METHOD = 1;

/** The lower half of the first byte of compressed data: deflate (RFC 1950, 2.2). */
const DEFLATE = 8;

interface Chunk {
	type: string;
	content: Buffer;
	hasRightChecksum: boolean;
}

/**
 * Checks a PNG as far as headers and checksums tell, without inflating it. Damage in chunks that an
 * image does not need (`tEXt`, `iCCP` and others with a small first letter) does no harm.
 */
export function readPng(file: Buffer): ImageReading {
	const first = file.toString('latin1', SIGNATURE_BYTES + 4, SIGNATURE_BYTES + HEADER_BYTES);
	if (first === 'CgBI') return 'appleOnly';
	const size = imageDimensionsFromData(file.subarray(0, SIZE_BYTES));
	if (!size || size.width === 0 || size.height === 0) return 'unreadable';
	const { chunks, isWhole } = readChunks(file);
	if (chunks.some(({ hasRightChecksum }) => !hasRightChecksum)) return 'damaged';
	if (!isWhole) return 'cut';
	return hasPicture(chunks) ? { width: size.width, height: size.height } : 'damaged';
}

/** The chunks that an image needs, up to its end; bytes behind that do no harm. */
function readChunks(file: Buffer): { chunks: Chunk[]; isWhole: boolean } {
	const chunks: Chunk[] = [];
	let offset = SIGNATURE_BYTES;
	while (offset + HEADER_BYTES + CHECKSUM_BYTES <= file.length) {
		const start = offset + HEADER_BYTES;
		const end = start + file.readUInt32BE(offset);
		if (end + CHECKSUM_BYTES > file.length) break;
		const type = file.toString('latin1', offset + 4, start);
		if (isCritical(type)) {
			const hasRightChecksum = crc32(file.subarray(offset + 4, end)) === file.readUInt32BE(end);
			chunks.push({ type, content: file.subarray(start, end), hasRightChecksum });
		}
		if (type === 'IEND') return { chunks, isWhole: true };
		offset = end + CHECKSUM_BYTES;
	}
	return { chunks, isWhole: false };
}

function isCritical(type: string): boolean {
	return /^[A-Z]/.test(type);
}

function hasPicture(chunks: Chunk[]): boolean {
	const header = chunks.find(({ type }) => type === 'IHDR')?.content;
	if (!header || header.length !== HEADER_CONTENT_BYTES) return false;
	const [depth = 0, colors = 0, compression, filter, interlace = 0] = header.subarray(8);
	if (!BIT_DEPTHS[colors]?.includes(depth)) return false;
	if (compression !== 0 || filter !== 0 || interlace > MAX_INTERLACE_METHOD) return false;
	if (colors === PALETTE_COLORS && !chunks.some(({ type }) => type === 'PLTE')) return false;
	const data = chunks.find(({ type, content }) => type === 'IDAT' && content.length > 0);
	return data !== undefined && startsCompressedData(data.content);
}

/** The two bytes in front of compressed data name its method, and their sum is divisible by 31. */
function startsCompressedData(content: Buffer): boolean {
	const [method = 0, flags] = content;
	if ((method & 0x0f) !== DEFLATE) return false;
	return flags === undefined || ((method << 8) | flags) % 31 === 0;
}
