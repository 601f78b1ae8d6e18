import { findBox, uint32In, type Box } from '../../mp4/mp4Boxes';
import { damagedFile, Mp4Error } from './mp4Error';

/** More than two hours at 60 frames a second; a box of a few bytes can claim four billion. */
const MAX_SAMPLES = 500_000;

/** The size of the header before the entries: version and flags, then the count. */
const TABLE_HEADER_BYTES = 8;

/** The samples of a track in decoding order; times are in units of the track's time scale. */
export interface Samples {
	/** The size of each sample in bytes. */
	sizes: Uint32Array;
	/** Where each sample starts in the file. */
	offsets: Float64Array;
	durations: Uint32Array;
	/** The delay from decoding to presentation; negative in some files. */
	compositionOffsets: Int32Array;
	/** 1 for samples at which decoding can start. */
	sync: Uint8Array;
}

/**
 * Reads the tables of a track (`stbl`, ISO/IEC 14496-12, 8.5 to 8.7).
 *
 * @throws Mp4Error if a table is missing, too short or contradicts another
 */
export function readSamples(file: Buffer, table: Box): Samples {
	const sizes = readSizes(file, required(file, table, 'stsz'));
	const count = sizes.length;
	return {
		sizes,
		offsets: readOffsets(file, table, sizes),
		durations: readDurations(file, table, count),
		compositionOffsets: readCompositionOffsets(file, table, count),
		sync: readSync(file, table, count),
	};
}

function required(file: Buffer, table: Box, type: string): Box {
	const box = findBox(file, table, type);
	if (!box) throw damagedFile(`sample table '${type}'`);
	return box;
}

/** The number of entries in a table, after a check that all of them are inside the box. */
function entryCount(file: Buffer, box: Box, entryBytes: number): number {
	const count = uint32In(file, box, TABLE_HEADER_BYTES - 4);
	const space = box.end - box.start - TABLE_HEADER_BYTES;
	if (count === undefined || count * entryBytes > space) {
		throw damagedFile(`sample table '${box.type}'`);
	}
	return count;
}

/** Reads a number from an entry that `entryCount` has checked. */
function field(file: Buffer, box: Box, offset: number): number {
	return file.readUInt32BE(box.start + TABLE_HEADER_BYTES + offset);
}

/** `stsz`: one size for all samples, or one for each (8.7.3.2). */
function readSizes(file: Buffer, box: Box): Uint32Array {
	const sameSize = uint32In(file, box, 4) ?? 0;
	const count = uint32In(file, box, 8);
	if (count === undefined) throw damagedFile("sample table 'stsz'");
	if (count > MAX_SAMPLES) {
		throw new Mp4Error('The MP4 file lists too many samples to be joined.');
	}
	if (sameSize > 0) return new Uint32Array(count).fill(sameSize);
	if (box.start + 12 + count * 4 > box.end) throw damagedFile("sample table 'stsz'");
	return Uint32Array.from({ length: count }, (_, sample) =>
		file.readUInt32BE(box.start + 12 + sample * 4),
	);
}

/**
 * `stsc` with `stco` or `co64`: which samples each chunk holds, and where it starts (8.7.4, 8.7.5).
 */
function readOffsets(file: Buffer, table: Box, sizes: Uint32Array): Float64Array {
	const large = findBox(file, table, 'co64');
	const starts = large ?? required(file, table, 'stco');
	const chunkCount = entryCount(file, starts, large ? 8 : 4);
	const runs = required(file, table, 'stsc');
	const runCount = entryCount(file, runs, 12);
	const offsets = new Float64Array(sizes.length);
	let sample = 0;
	let run = 0;
	for (let chunk = 0; chunk < chunkCount && sample < sizes.length; chunk++) {
		while (run + 1 < runCount && field(file, runs, (run + 1) * 12) <= chunk + 1) run++;
		if (run >= runCount) break;
		if (field(file, runs, run * 12 + 8) !== 1) throw severalSettings();
		const samplesHere = field(file, runs, run * 12 + 4);
		let offset = large
			? Number(file.readBigUInt64BE(large.start + TABLE_HEADER_BYTES + chunk * 8))
			: field(file, starts, chunk * 4);
		const end = Math.min(sizes.length, sample + samplesHere);
		for (; sample < end; sample++) {
			offsets[sample] = offset;
			offset += sizes[sample] ?? 0;
		}
		if (!Number.isSafeInteger(offset)) throw damagedFile('sample table');
	}
	if (sample < sizes.length) throw damagedFile("sample table 'stsc'");
	return offsets;
}

function severalSettings(): Mp4Error {
	return new Mp4Error(
		'The MP4 file contains parts with different codec settings. Join the original clips instead.',
	);
}

/** `stts`: runs of samples of the same duration (8.6.1.2). */
function readDurations(file: Buffer, table: Box, count: number): Uint32Array {
	const box = required(file, table, 'stts');
	const durations = new Uint32Array(count);
	const filled = fillRuns(file, box, count, (from, to, at) =>
		durations.fill(field(file, box, at), from, to),
	);
	if (filled < count) throw damagedFile("sample table 'stts'");
	return durations;
}

/**
 * `ctts`: missing if samples are presented in decoding order; many writers use negative offsets in
 * version 0, too (8.6.1.3).
 */
function readCompositionOffsets(file: Buffer, table: Box, count: number): Int32Array {
	const offsets = new Int32Array(count);
	const box = findBox(file, table, 'ctts');
	if (box) {
		fillRuns(file, box, count, (from, to, at) => offsets.fill(field(file, box, at) | 0, from, to));
	}
	return offsets;
}

/** Expands runs of a count and a value; returns the number of samples that have a value. */
function fillRuns(
	file: Buffer,
	box: Box,
	samples: number,
	fill: (from: number, to: number, valueOffset: number) => void,
): number {
	const runs = entryCount(file, box, 8);
	let sample = 0;
	for (let run = 0; run < runs && sample < samples; run++) {
		const end = Math.min(samples, sample + field(file, box, run * 8));
		fill(sample, end, run * 8 + 4);
		sample = end;
	}
	return sample;
}

/**
 * `stss`: the samples at which decoding can start, numbered from 1; if missing, all of them
 * (8.6.2).
 */
function readSync(file: Buffer, table: Box, count: number): Uint8Array {
	const box = findBox(file, table, 'stss');
	if (!box) return new Uint8Array(count).fill(1);
	const sync = new Uint8Array(count);
	const entries = entryCount(file, box, 4);
	for (let entry = 0; entry < entries; entry++) {
		const sample = field(file, box, entry * 4);
		if (sample >= 1 && sample <= count) sync[sample - 1] = 1;
	}
	return sync;
}
