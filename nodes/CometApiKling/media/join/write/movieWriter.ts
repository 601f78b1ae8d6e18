import { box, fullBox, text, uint16, uint32, uint32List } from './boxWriter';
import type { Display } from '../read/display';
import type { TrackTables } from './trackTables';

/** The number 1 in 16.16 format, for normal speed and scale. */
const ONE = 0x10000;

/** No rotation: the identity matrix, whose last number uses 2.30 (ISO/IEC 14496-12, 8.2.2). */
export const UNTURNED = uint32(ONE, 0, 0, 0, ONE, 0, 0, 0, 0x40000000);

/** The track is enabled, and used in the movie and in its preview (8.3.2). */
const TRACK_FLAGS = 7;

/** "und" at five bits per letter: the language is undetermined. */
const UNKNOWN_LANGUAGE = 0x55c4;

const VIDEO_TRACK_ID = 1;
const NEXT_TRACK_ID = 3;

/**
 * Which part of a track is presented: length in units of the movie, start in units of the track.
 */
export interface EditPart {
	length: number;
	/** -1 if nothing is presented. */
	mediaStart: number;
}

/** A track to be written. */
export interface OutputTrack {
	timescale: number;
	tables: TrackTables;
	/** `stsd`. */
	entries: Buffer;
	/** Empty if the whole track is presented from the start. */
	edits: EditPart[];
	/** Missing for sound. */
	display?: Display;
}

/** A movie to be written; its length is in units of its time scale. */
export interface OutputMovie {
	timescale: number;
	length: number;
	tracks: OutputTrack[];
}

/**
 * `ftyp` and `moov`.
 *
 * @param mediaDataOffset where the media data starts in the file
 * @param isLarge whether offsets in the file need 64 bits
 */
export function writeHeaders(
	movie: OutputMovie,
	mediaDataOffset: number,
	isLarge: boolean,
): Buffer {
	const header = fullBox(
		'mvhd',
		0,
		uint32(0, 0, movie.timescale, movie.length, ONE),
		// Full volume as 8.8 bits; the rest is reserved.
		uint16(0x100, 0, 0, 0, 0, 0),
		UNTURNED,
		Buffer.alloc(24),
		uint32(NEXT_TRACK_ID),
	);
	const tracks = movie.tracks.map((track, index) =>
		writeTrack(
			track,
			VIDEO_TRACK_ID + index,
			movie.length,
			track.tables.write(mediaDataOffset, isLarge),
		),
	);
	return Buffer.concat([
		box('ftyp', text('isom'), uint32(0x200), text('isomiso2avc1mp41')),
		box('moov', header, ...tracks),
	]);
}

function writeTrack(
	{ timescale, tables, entries, edits, display }: OutputTrack,
	id: number,
	movieLength: number,
	sampleTables: Buffer[],
): Buffer {
	const { width = 0, height = 0, matrix = UNTURNED } = display ?? {};
	const header = fullBox(
		'tkhd',
		TRACK_FLAGS,
		uint32(0, 0, id, 0, movieLength, 0, 0),
		// Layer and group 0; sound has full volume.
		uint16(0, 0, display ? 0 : 0x100, 0),
		matrix,
		uint32(width * ONE, height * ONE),
	);
	const list = edits.flatMap(({ length, mediaStart }) => [length, mediaStart, ONE]);
	const editList = fullBox('elst', 0, uint32(edits.length), uint32List(list));
	const media = box(
		'mdia',
		fullBox('mdhd', 0, uint32(0, 0, timescale, tables.total), uint16(UNKNOWN_LANGUAGE, 0)),
		fullBox('hdlr', 0, uint32(0), text(display ? 'vide' : 'soun'), Buffer.alloc(12), text('\0')),
		box(
			'minf',
			display ? fullBox('vmhd', 1, Buffer.alloc(8)) : fullBox('smhd', 0, uint32(0)),
			// The media data is in this file: flag 1.
			box('dinf', fullBox('dref', 0, uint32(1), fullBox('url ', 1))),
			box('stbl', entries, ...sampleTables),
		),
	);
	return box('trak', header, ...(edits.length > 0 ? [box('edts', editList)] : []), media);
}
