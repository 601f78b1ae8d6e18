import { findBox, uint32In, type Box } from './mp4Boxes';

/** One entry of an edit list. */
interface Edit {
	/** The duration in units of the movie; 0 means "to the end", for example in fragmented files. */
	duration: number;
	/** Its start in the track, in units of the track; negative for a pause. */
	mediaTime: number;
}

const MAX_UINT32 = 0xffffffff;
const UINT32_VALUES = 2 ** 32;

/**
 * Units of a track that are played, after its edit list has removed some of its `mediaUnits`
 * (ISO/IEC 14496-12, 8.6.6). Encoders use it to leave out what they added at the start and at the
 * end, and editors use it to cut without encoding again. Pauses do not count: ffmpeg does not
 * decode them.
 */
export function playedUnits(
	file: Buffer,
	movie: Box,
	track: Box,
	{ timescale, mediaUnits }: { timescale: number; mediaUnits: number },
): number {
	const edits = readEdits(file, track).filter(({ mediaTime }) => mediaTime >= 0);
	const movieTimescale = readMovieTimescale(file, movie);
	if (edits.length === 0 || movieTimescale === 0) return mediaUnits;
	return edits.reduce((sum, { duration, mediaTime }) => {
		const leftUnits = Math.max(0, mediaUnits - mediaTime);
		const wantedUnits = (duration * timescale) / movieTimescale;
		return sum + (duration === 0 ? leftUnits : Math.min(wantedUnits, leftUnits));
	}, 0);
}

function readEdits(file: Buffer, track: Box): Edit[] {
	const list = findBox(file, track, 'edts', 'elst');
	if (!list || list.start >= list.end) return [];
	const isLong = file.readUInt8(list.start) === 1;
	const entryBytes = isLong ? 20 : 12;
	const count = uint32In(file, list, 4) ?? 0;
	const edits: Edit[] = [];
	for (let entry = 0; entry < count; entry++) {
		const offset = 8 + entry * entryBytes;
		const duration = isLong ? uint64In(file, list, offset) : uint32In(file, list, offset);
		const time = isLong ? uint64In(file, list, offset + 8) : uint32In(file, list, offset + 4);
		if (duration === undefined || time === undefined) break;
		const isPause = time === (isLong ? MAX_UINT32 * UINT32_VALUES + MAX_UINT32 : MAX_UINT32);
		edits.push({ duration, mediaTime: isPause ? -1 : time });
	}
	return edits;
}

/** `mvhd`: two 32-bit or 64-bit times precede the time scale (14496-12, 8.2.2). */
function readMovieTimescale(file: Buffer, movie: Box): number {
	const header = findBox(file, movie, 'mvhd');
	if (!header || header.start >= header.end) return 0;
	return uint32In(file, header, file.readUInt8(header.start) === 1 ? 20 : 12) ?? 0;
}

function uint64In(file: Buffer, box: Box, offset: number): number | undefined {
	const high = uint32In(file, box, offset);
	const low = uint32In(file, box, offset + 4);
	return high === undefined || low === undefined ? undefined : high * UINT32_VALUES + low;
}
