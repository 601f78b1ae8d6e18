import { boxesIn, type Box } from '../../mp4/mp4Boxes';
import { damagedFile, Mp4Error } from './mp4Error';

/** What a decoder has to know about a video track. */
export interface VideoConfig {
	/** The sample entry as stored in the file (14496-12, 12.1.3), header included. */
	entry: Buffer;
	/** In pixels, as stored. */
	width: number;
	height: number;
	/** The content of `avcC`. */
	decoder: Buffer;
}

/** The formats of H.264; `avc3` may hold parameter sets in the stream, too (ISO/IEC 14496-15). */
const H264_FORMATS = ['avc1', 'avc3'];

const WIDTH_OFFSET = 24;
const HEIGHT_OFFSET = 26;
const CHILDREN_OFFSET = 78;

/** Reads the first sample entry of a video track. @throws Mp4Error if it is not H.264 */
export function readVideoConfig(file: Buffer, entry: Box, entryStart: number): VideoConfig {
	if (!H264_FORMATS.includes(entry.type)) {
		throw new Mp4Error(
			`The video is not H.264: its format is '${printable(entry.type)}'. Convert it to H.264.`,
		);
	}
	const childrenStart = entry.start + CHILDREN_OFFSET;
	if (childrenStart > entry.end) throw damagedFile('video settings');
	const box = boxesIn(file, childrenStart, entry.end).find(({ type }) => type === 'avcC');
	if (!box) throw damagedFile('video settings');
	return {
		entry: file.subarray(entryStart, entry.end),
		width: file.readUInt16BE(entry.start + WIDTH_OFFSET),
		height: file.readUInt16BE(entry.start + HEIGHT_OFFSET),
		decoder: file.subarray(box.start, box.end),
	};
}

/** A box type as printable text. */
export function printable(type: string): string {
	return type.replace(/[^\x20-\x7e]/g, '?');
}
