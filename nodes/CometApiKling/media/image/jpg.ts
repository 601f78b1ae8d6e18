import { imageDimensionsFromData } from 'image-dimensions';

import type { ImageReading } from './imageReading';

/** Markers of a JPG (ITU-T T.81, B.1.1.3), without the 0xFF in front. */
const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;
const FIRST_RESTART = 0xd0;
const LAST_SEGMENT = 0xfe;
/** All below this are reserved, or the zero that follows an 0xFF of the picture's own data. */
const FIRST_MARKER = 0xc0;

const MARKER_BYTES = 2;
const MAGIC = Buffer.from([0xff, START_OF_IMAGE]);

/**
 * Reads the headers of a JPG, and walks to the end of its picture, past which cameras store clips and
 * further pictures. Takes time in proportion to the size of the file.
 */
export function readJpg(file: Buffer): ImageReading {
	const { header, hasScan, isWhole } = walk(file);
	if (!hasScan) return isWhole ? 'unreadable' : 'cut';
	const size = imageDimensionsFromData(header);
	if (!size || size.width === 0 || size.height === 0) return 'unreadable';
	return isWhole ? { width: size.width, height: size.height } : 'cut';
}

interface Walk {
	/**
	 * The segments up to the first scan without anything between them: image-dimensions takes the stray
	 * bytes FF 00 for a marker, which decoders skip.
	 */
	header: Buffer;
	hasScan: boolean;
	/** Whether the picture has its end. */
	isWhole: boolean;
}

function walk(file: Buffer): Walk {
	const segments = Buffer.alloc(file.length);
	let headerBytes = MAGIC.copy(segments);
	let hasScan = false;
	let isWhole = false;
	let offset = findMarker(file, MARKER_BYTES);
	while (offset !== undefined) {
		const marker = file.readUInt8(offset + 1);
		isWhole = marker === END_OF_IMAGE;
		hasScan ||= marker === START_OF_SCAN;
		const end = isStandalone(marker) ? offset + MARKER_BYTES : segmentEnd(file, offset);
		if (isWhole || end === undefined) break;
		if (!hasScan && !isStandalone(marker)) {
			headerBytes += file.copy(segments, headerBytes, offset, end);
		}
		offset = findMarker(file, end);
	}
	return { header: segments.subarray(0, headerBytes), hasScan, isWhole };
}

/** The next marker, past fill bytes, stray bytes and the picture's own data. */
function findMarker(file: Buffer, from: number): number | undefined {
	let offset = file.indexOf(0xff, from);
	while (offset !== -1 && offset + 1 < file.length) {
		const code = file.readUInt8(offset + 1);
		if (code >= FIRST_MARKER && code <= LAST_SEGMENT) return offset;
		offset = file.indexOf(0xff, offset + 1);
	}
	return undefined;
}

/** Restart markers within a scan, and further starts of an image. */
function isStandalone(marker: number): boolean {
	return marker >= FIRST_RESTART && marker <= START_OF_IMAGE;
}

/** `undefined` if the file ends before the segment. */
function segmentEnd(file: Buffer, offset: number): number | undefined {
	const start = offset + MARKER_BYTES;
	if (start + 2 > file.length) return undefined;
	const end = start + file.readUInt16BE(start);
	return end <= file.length ? end : undefined;
}
