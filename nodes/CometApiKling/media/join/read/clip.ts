import { boxesIn, childrenOf, findBox, textIn, uint32In, type Box } from '../../mp4/mp4Boxes';
import { readAudioConfig, type AudioConfig } from './audioConfig';
import type { Display } from './display';
import { readEdit, type Edit } from './editList';
import { damagedFile, Mp4Error } from './mp4Error';
import { fragmentedFile } from './movieBox';
import { readSamples, type Samples } from './sampleTable';
import { trimTrack } from './trim';
import { readVideoConfig, type VideoConfig } from './videoConfig';

/** A track of a clip. */
export interface ClipTrack<Config = unknown> extends Samples {
	/** Units of time in a second. */
	timescale: number;
	edit: Edit;
	config: Config;
	display: Display;
}

/** What joining needs from a clip's headers. */
export interface Clip {
	video: ClipTrack<VideoConfig>;
	/** Missing if the clip is silent. */
	audio?: ClipTrack<AudioConfig>;
}

/** Formats of video tracks that contain covers or chapter images instead of the video. */
const STILL_FORMATS = ['png ', 'jpeg', 'mjpg'];

/** Only a damaged file has a finer time scale than this. */
const MAX_TIMESCALE = 1_000_000_000;

const MATRIX_BYTES = 36;

/**
 * Reads a `moov` box: the first video track and the first audio track; others are ignored.
 *
 * @throws Mp4Error if there is no video, or if it cannot be joined
 */
export function readClip(file: Buffer): Clip {
	const movie = boxesIn(file, 0, file.length)[0];
	if (!movie) throw damagedFile('header');
	if (findBox(file, movie, 'mvex')) throw fragmentedFile();
	const header = findBox(file, movie, 'mvhd');
	const movieTimescale = header ? timescaleOf(file, header) : 0;
	if (movieTimescale === 0) throw damagedFile('header');
	const tracks = childrenOf(file, movie, 'trak').flatMap((box) => openTrack(file, box) ?? []);
	const ofKind = (handler: string): TrackBoxes | undefined =>
		tracks.find((track) => track.handler === handler);
	const [picture, sound] = [ofKind('vide'), ofKind('soun')];
	if (!picture) throw new Mp4Error('The MP4 file contains no video.');
	const video = readTrack(file, picture, movieTimescale, readVideoConfig);
	if (video.sizes.length === 0) throw new Mp4Error('The MP4 file contains no video.');
	const audio = sound && readTrack(file, sound, movieTimescale, readAudioConfig);
	return {
		video: trimTrack(video, false),
		...(audio && audio.sizes.length > 0 && { audio: trimTrack(audio, true) }),
	};
}

interface TrackBoxes {
	handler: string;
	box: Box;
	table: Box;
	/** The first sample entry, and where its header starts. */
	entry: Box;
	entryStart: number;
}

/** The parts of a track; `undefined` if it has no playable samples. */
function openTrack(file: Buffer, box: Box): TrackBoxes | undefined {
	const handler = findBox(file, box, 'mdia', 'hdlr');
	const table = findBox(file, box, 'mdia', 'minf', 'stbl');
	const descriptions = table && findBox(file, table, 'stsd');
	if (!handler || !table || !descriptions) return undefined;
	// Version, flags and the number of entries precede the entries.
	const entryStart = descriptions.start + 8;
	const entry = boxesIn(file, entryStart, descriptions.end)[0];
	if (!entry || STILL_FORMATS.includes(entry.type)) return undefined;
	return { handler: textIn(file, handler, 8), box, table, entry, entryStart };
}

function readTrack<Config>(
	file: Buffer,
	{ box, table, entry, entryStart }: TrackBoxes,
	movieTimescale: number,
	readConfig: (file: Buffer, entry: Box, entryStart: number) => Config,
): ClipTrack<Config> {
	const header = findBox(file, box, 'mdia', 'mdhd');
	const timescale = header ? timescaleOf(file, header) : 0;
	if (timescale === 0 || timescale > MAX_TIMESCALE) throw damagedFile('time scale');
	return {
		...readSamples(file, table),
		timescale,
		edit: readEdit(file, box, movieTimescale, timescale),
		config: readConfig(file, entry, entryStart),
		display: readDisplay(file, box),
	};
}

/** `mvhd` and `mdhd`: two 32-bit or, in version 1, 64-bit times precede the time scale. */
function timescaleOf(file: Buffer, header: Box): number {
	const isVersion1 = (uint32In(file, header, 0) ?? 0) >>> 24 === 1;
	return uint32In(file, header, isVersion1 ? 20 : 12) ?? 0;
}

/** `tkhd`: the box ends with the matrix, and width and height in 16.16 format (8.3.2). */
export function readDisplay(file: Buffer, track: Box): Display {
	const header = findBox(file, track, 'tkhd');
	const start = header ? header.end - 8 - MATRIX_BYTES : 0;
	if (!header || start < header.start) throw damagedFile('track header');
	const sizes = start + MATRIX_BYTES;
	return {
		matrix: file.subarray(start, sizes),
		width: file.readUInt16BE(sizes),
		height: file.readUInt16BE(sizes + 4),
	};
}
