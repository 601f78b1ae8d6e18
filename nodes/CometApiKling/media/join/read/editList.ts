import { findBox, uint32In, type Box } from '../../mp4/mp4Boxes';
import { damagedFile, Mp4Error } from './mp4Error';

/** Which part of a track is presented, and when (`elst`, ISO/IEC 14496-12, 8.6.6). */
export interface Edit {
	/** How long after the clip's start the track begins. */
	delaySeconds: number;
	/** Where the presentation starts, in units of the track. */
	mediaStart: number;
	/** How long the track is presented; infinite if its end is not trimmed. */
	lengthSeconds: number;
}

const NO_EDIT: Edit = { delaySeconds: 0, mediaStart: 0, lengthSeconds: Infinity };

/** Some writers split a track for no reason, but a list with more entries than this is damaged. */
const MAX_ENTRIES = 10_000;

interface Entry {
	/** In units of the movie. */
	length: number;
	/** In units of the track; -1 if nothing is presented. */
	mediaStart: number;
	isNormalSpeed: boolean;
}

/**
 * Reads the edit list of a track: any empty edits, then one part of the track. Parts that are
 * contiguous count as one.
 *
 * @throws Mp4Error if parts were cut out, repeated or changed in speed, which joining would undo
 */
export function readEdit(
	file: Buffer,
	track: Box,
	movieTimescale: number,
	trackTimescale: number,
): Edit {
	const box = findBox(file, track, 'edts', 'elst');
	const entries = box ? readEntries(file, box) : [];
	const firstPart = entries.findIndex(({ mediaStart }) => mediaStart >= 0);
	if (firstPart < 0) return NO_EDIT;
	const delay = entries.slice(0, firstPart).reduce((sum, { length }) => sum + length, 0);
	const parts = entries.slice(firstPart);
	const mediaStart = parts[0]?.mediaStart ?? 0;
	const toTrack = trackTimescale / movieTimescale;
	/** Each length is rounded to the movie's time unit. */
	const tolerance = 2 * toTrack + 1;
	let length = 0;
	for (const part of parts) {
		const isNext = Math.abs(part.mediaStart - (mediaStart + length * toTrack)) <= tolerance;
		if (!isNext || !part.isNormalSpeed) throw severalEdits();
		length += part.length;
	}
	return {
		delaySeconds: delay / movieTimescale,
		mediaStart,
		// A length of 0 stands for the whole track.
		lengthSeconds: length > 0 ? length / movieTimescale : Infinity,
	};
}

function readEntries(file: Buffer, box: Box): Entry[] {
	const isVersion1 = (uint32In(file, box, 0) ?? 0) >>> 24 === 1;
	const entryBytes = isVersion1 ? 20 : 12;
	const count = uint32In(file, box, 4) ?? 0;
	if (count > MAX_ENTRIES || box.start + 8 + count * entryBytes > box.end) {
		throw damagedFile('edit list');
	}
	return Array.from({ length: count }, (_, entry) => {
		const at = box.start + 8 + entry * entryBytes;
		return isVersion1
			? {
					length: Number(file.readBigUInt64BE(at)),
					mediaStart: Number(file.readBigInt64BE(at + 8)),
					isNormalSpeed: file.readUInt16BE(at + 16) === 1,
				}
			: {
					length: file.readUInt32BE(at),
					mediaStart: file.readInt32BE(at + 4),
					isNormalSpeed: file.readUInt16BE(at + 8) === 1,
				};
	});
}

function severalEdits(): Mp4Error {
	return new Mp4Error(
		'The MP4 file plays its parts out of order, so it cannot be joined. Export it again.',
	);
}
