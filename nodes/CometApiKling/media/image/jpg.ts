import { readDimensions } from './dimensions';
import type { ImageReading } from './imageReading';

/** Markers of a JPG (ITU-T T.81, B.1.1.3), without the 0xFF before them. */
const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;
const FIRST_RESTART = 0xd0;
const LAST_SEGMENT = 0xfe;
/** All bytes below this are reserved, or are the zero that follows an 0xFF in the image data. */
const FIRST_MARKER = 0xc0;

const MARKER_BYTES = 2;

/**
 * Reads the headers of a JPG and finds the end of its image, since cameras store clips and further
 * images after it. The time taken is proportional to the size of the file.
 */
export function readJpg(file: Buffer): ImageReading {
	const { header, hasScan, isWhole } = walk(file);
	if (!hasScan) return isWhole ? 'unreadable' : 'cut';
	const size = readDimensions(header);
	if (!size) return 'unreadable';
	return isWhole ? size : 'cut';
}

interface Walk {
	/**
	 * The segments up to the first scan, without any bytes between them: image-dimensions takes the
	 * stray bytes FF 00 for a marker, but decoders skip them.
	 */
	header: Buffer;
	hasScan: boolean;
	/** Whether the image is complete. */
	isWhole: boolean;
}

function walk(file: Buffer): Walk {
	const header = new Joined(file.length);
	header.add(file, 0, MARKER_BYTES);
	let hasScan = false;
	let isWhole = false;
	let offset = findMarker(file, MARKER_BYTES);
	while (offset !== undefined) {
		const marker = file[offset + 1] ?? 0;
		isWhole = marker === END_OF_IMAGE;
		hasScan ||= marker === START_OF_SCAN;
		const end = isStandalone(marker) ? offset + MARKER_BYTES : segmentEnd(file, offset);
		if (isWhole || end === undefined) break;
		if (!hasScan && !isStandalone(marker)) header.add(file, offset, end);
		offset = findMarker(file, end);
	}
	return { header: header.bytes(file), hasScan, isWhole };
}

/** Parts of a file joined into one; adjacent parts are copied in one step. */
class Joined {
	private readonly joined: Buffer;
	private length = 0;
	private start = 0;
	private end = 0;

	constructor(maxBytes: number) {
		this.joined = Buffer.alloc(maxBytes);
	}

	add(file: Buffer, start: number, end: number): void {
		if (start !== this.end) {
			this.flush(file);
			this.start = start;
		}
		this.end = end;
	}

	bytes(file: Buffer): Buffer {
		this.flush(file);
		return this.joined.subarray(0, this.length);
	}

	private flush(file: Buffer): void {
		this.length += file.copy(this.joined, this.length, this.start, this.end);
		this.start = this.end;
	}
}

/** The next marker after fill bytes, stray bytes and image data. */
function findMarker(file: Buffer, from: number): number | undefined {
	const last = file.length - MARKER_BYTES;
	for (let offset = from; offset <= last; offset++) {
		if (file[offset] !== 0xff) continue;
		const code = file[offset + 1] ?? 0;
		if (code >= FIRST_MARKER && code <= LAST_SEGMENT) return offset;
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
