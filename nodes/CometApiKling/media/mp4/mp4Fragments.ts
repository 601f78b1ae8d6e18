import { childrenOf, findBox, flagsOf, uint32In, type Box } from './mp4Boxes';

/** Flags of `tfhd` that tell which optional fields precede the default duration (8.8.7). */
const HAS_BASE_OFFSET = 0x01;
const HAS_DESCRIPTION = 0x02;
const HAS_DURATION = 0x08;

/** Flags of `trun` (8.8.8): fields of the run, then the fields of each sample, four bytes each. */
const RUN_HAS_OFFSET = 0x01;
const RUN_HAS_FIRST_FLAGS = 0x04;
const SAMPLES_HAVE_DURATION = 0x100;
const SAMPLE_FIELDS = [SAMPLES_HAVE_DURATION, 0x200, 0x400, 0x800];

/**
 * The sum of a track's samples in the fragments of an MP4 file, in units of the track (ISO/IEC
 * 14496-12, 8.8). The time taken is proportional to the fragments' size.
 */
export function fragmentUnits(file: Buffer, movie: Box, fragments: Box[], trackId: number): number {
	const usual = usualDuration(file, movie, trackId);
	let units = 0;
	for (const fragment of fragments) {
		for (const part of childrenOf(file, fragment, 'traf')) {
			const header = findBox(file, part, 'tfhd');
			if (!header || uint32In(file, header, 4) !== trackId) continue;
			const duration = defaultDuration(file, header) ?? usual;
			for (const run of childrenOf(file, part, 'trun')) units += runUnits(file, run, duration);
		}
	}
	return units;
}

/** `trex`: the defaults for fragments (8.8.3). */
function usualDuration(file: Buffer, movie: Box, trackId: number): number {
	const extension = findBox(file, movie, 'mvex');
	const defaults =
		extension &&
		childrenOf(file, extension, 'trex').find((box) => uint32In(file, box, 4) === trackId);
	return (defaults && uint32In(file, defaults, 12)) ?? 0;
}

function defaultDuration(file: Buffer, header: Box): number | undefined {
	const flags = flagsOf(file, header);
	if ((flags & HAS_DURATION) === 0) return undefined;
	const before = (flags & HAS_BASE_OFFSET && 8) + (flags & HAS_DESCRIPTION && 4);
	return uint32In(file, header, 8 + before);
}

function runUnits(file: Buffer, run: Box, usual: number): number {
	const flags = flagsOf(file, run);
	const samples = uint32In(file, run, 4) ?? 0;
	if ((flags & SAMPLES_HAVE_DURATION) === 0) return samples * usual;
	const sampleBytes = 4 * SAMPLE_FIELDS.filter((field) => (flags & field) !== 0).length;
	let offset = 8 + (flags & RUN_HAS_OFFSET && 4) + (flags & RUN_HAS_FIRST_FLAGS && 4);
	let units = 0;
	for (let sample = 0; sample < samples; sample++, offset += sampleBytes) {
		const duration = uint32In(file, run, offset);
		if (duration === undefined) break;
		units += duration;
	}
	return units;
}
