import { MIN_PRESENT_SHARE } from '../audioLength';
import type { Box } from './mp4Boxes';
import { fragmentUnits } from './mp4Fragments';
import { readSizes } from './mp4Samples';
import type { Track } from './mp4Track';

/** The end of the last fragment may lack this much in any case, since nobody hears it. */
const UNHEARD_SECONDS = 0.1;

/**
 * The samples of a track whose bytes are in the file, in units of the track. If a file was cut off,
 * its last media data is shorter than its header says, shorter than the samples need, or missing
 * (ISO/IEC 14496-12, 8.1.1 and 8.8.4).
 *
 * @returns `undefined` if more is missing than is normal. Nothing says how many fragments a file
 * had, so this counts for the last one alone.
 */
export function presentUnits(
	file: Buffer,
	movie: Box,
	top: Box[],
	sound: Track & { box: Box },
): number | undefined {
	const { sampleUnits, id } = sound;
	const fragments = top.filter((box) => box.type === 'moof');
	const media = top.filter((box) => box.type === 'mdat');
	const last = fragments.at(-1);
	if (!last) {
		const share = missingMovieShare(file, media, sound);
		return 1 - share < MIN_PRESENT_SHARE ? undefined : sampleUnits * (1 - share);
	}
	const share = missingShare(media.filter((box) => box.start > last.start));
	const lostUnits = share === 0 ? 0 : share * fragmentUnits(file, movie, [last], id);
	const isUnheard = lostUnits > 0 && lostUnits <= UNHEARD_SECONDS * sound.timescale;
	if (1 - share < MIN_PRESENT_SHARE && !isUnheard) return undefined;
	// The lengths in the headers of fragmented files are wrong, but the samples are right.
	return sampleUnits + fragmentUnits(file, movie, fragments, id) - lostUnits;
}

/** The share of the samples of a track whose bytes are missing; they are its last ones. */
function missingMovieShare(file: Buffer, media: Box[], { box }: { box: Box }): number {
	const sizes = readSizes(file, box);
	if (sizes.length === 0) return missingShare(media);
	const neededBytes = sizes.reduce((sum, bytes) => sum + bytes, 0);
	const presentBytes = media.reduce((sum, { start, end }) => sum + end - start, 0);
	let missing = Math.max(missingBytes(media), neededBytes - presentBytes);
	let lost = 0;
	while (missing > 0 && lost < sizes.length) {
		lost += 1;
		missing -= sizes[sizes.length - lost] ?? 0;
	}
	return lost / sizes.length;
}

/** The share of media data that lies beyond the end of the file; 1 if there is none at all. */
function missingShare(media: Box[]): number {
	const presentBytes = media.reduce((sum, { start, end }) => sum + end - start, 0);
	const missing = missingBytes(media);
	return media.length === 0 ? 1 : missing && missing / (presentBytes + missing);
}

function missingBytes(boxes: Box[]): number {
	return boxes.reduce((sum, box) => sum + box.missingBytes, 0);
}
