import { findBox, textIn, uint32In, type Box } from './mp4Boxes';

/**
 * A track as its headers describe it. `units` counts fractions of a second; one second has
 * `timescale` of them.
 */
export interface Track {
	id: number;
	/** `soun`, `vide`, `text` and others. */
	handler: string;
	timescale: number;
	/**
	 * The sum of the samples listed in the track itself, which is zero in purely fragmented files.
	 */
	sampleUnits: number;
	/** Chapter images are stored as a video track with an image format. */
	isPicture: boolean;
}

const PICTURE_FORMATS = ['png ', 'jpeg', 'mjpg'];

/** Reads a `trak` box. Numbers that cannot be read are 0. */
export function readTrack(file: Buffer, track: Box): Track {
	const handler = findBox(file, track, 'mdia', 'hdlr');
	const header = findBox(file, track, 'mdia', 'mdhd');
	const table = findBox(file, track, 'mdia', 'minf', 'stbl');
	const formats = table && findBox(file, table, 'stsd');
	const durations = table && findBox(file, table, 'stts');
	return {
		id: trackId(file, track),
		handler: handler ? textIn(file, handler, 8) : '',
		timescale: header ? readTimescale(file, header) : 0,
		sampleUnits: durations ? sumOfSamples(file, durations) : 0,
		isPicture: formats !== undefined && PICTURE_FORMATS.includes(textIn(file, formats, 12)),
	};
}

/** `tkhd`: two 32-bit or, in version 1, 64-bit times precede the ID (14496-12, 8.3.2). */
function trackId(file: Buffer, track: Box): number {
	const header = findBox(file, track, 'tkhd');
	if (!header) return 0;
	return uint32In(file, header, isVersion1(file, header) ? 20 : 12) ?? 0;
}

/** `mdhd`: two 32-bit or 64-bit times precede the time scale (14496-12, 8.4.2). */
function readTimescale(file: Buffer, header: Box): number {
	return uint32In(file, header, isVersion1(file, header) ? 20 : 12) ?? 0;
}

function isVersion1(file: Buffer, header: Box): boolean {
	return header.start < header.end && file.readUInt8(header.start) === 1;
}

/** `stts`: runs of samples of the same duration (14496-12, 8.6.1.2). */
function sumOfSamples(file: Buffer, table: Box): number {
	const entries = uint32In(file, table, 4) ?? 0;
	let units = 0;
	for (let entry = 0; entry < entries; entry++) {
		const samples = uint32In(file, table, 8 + entry * 8);
		const duration = uint32In(file, table, 12 + entry * 8);
		if (samples === undefined || duration === undefined) break;
		units += samples * duration;
	}
	return units;
}
