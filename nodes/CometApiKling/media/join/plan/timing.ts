import type { ClipTrack } from '../read/clip';
import { damagedFile } from '../read/mp4Error';

/** Divides evenly by 24, 25, 30 and 60 frames a second. */
export const COMMON_TIMESCALE = 90_000;

/** Keeps the longest result within 32 bits (see `MAX_SECONDS`). */
const MAX_TIMESCALE = 240_000;

/** The time scale of a joined track: that of the clips if they share one. */
export function commonTimescale(tracks: ClipTrack[], otherwise: number): number {
	const first = tracks[0]?.timescale ?? otherwise;
	const isShared = tracks.every(({ timescale }) => timescale === first);
	return isShared && first <= MAX_TIMESCALE ? first : otherwise;
}

/** The times of a track's samples in units of the joined track. */
export interface Timing {
	durations: Uint32Array;
	compositionOffsets: Int32Array;
	/** When the clip's presentation starts, counted from the first sample's decoding time. */
	mediaStart: number;
	/** The decoding time of the last sample. */
	lastTime: number;
	/** The sum of the durations. */
	total: number;
}

/** Rounds times, not durations, to avoid drift. @throws Mp4Error if a time is out of range */
export function timingIn(track: ClipTrack, timescale: number): Timing {
	const { durations, compositionOffsets, edit } = track;
	const count = durations.length;
	const factor = timescale / track.timescale;
	const scaled: Timing = {
		durations: new Uint32Array(count),
		compositionOffsets: new Int32Array(count),
		mediaStart: Math.round(edit.mediaStart * factor),
		lastTime: 0,
		total: 0,
	};
	let time = 0;
	for (let sample = 0; sample < count; sample++) {
		const start = Math.round(time * factor);
		const presented = Math.round((time + (compositionOffsets[sample] ?? 0)) * factor);
		time += durations[sample] ?? 0;
		const end = Math.round(time * factor);
		scaled.durations[sample] = end - start;
		scaled.compositionOffsets[sample] = presented - start;
		if (scaled.durations[sample] !== end - start) throw damagedFile('timing');
		if (scaled.compositionOffsets[sample] !== presented - start) throw damagedFile('timing');
		scaled.lastTime = start;
		scaled.total = end;
	}
	return scaled;
}

/** When the pictures of a clip are shown, in units of the joined track. */
export interface PictureTimes {
	/** The presentation time of the first picture that is shown, from the first decoding time. */
	mediaStart: number;
	/** How long after the start of the clip it is shown. */
	delay: number;
	/** The duration of the hidden pictures before it, which the decoder needs. */
	preroll: number;
	/** From the first shown picture's time to the end of the last one. */
	length: number;
	/** The minimum delay between decoding and presentation. */
	reorderDelay: number;
}

/**
 * Finds which pictures an edit list hides at the start, and how long the others last. One that
 * is partly hidden counts as hidden, since players disagree about those.
 *
 * @param roundingUnits a hidden part up to this length is ignored
 */
export function pictureTimes(timing: Timing, roundingUnits: number): PictureTimes {
	const { durations, compositionOffsets, lastTime, total } = timing;
	let time = 0;
	let first = Infinity;
	let shown = Infinity;
	let end = -Infinity;
	let minOffset = Infinity;
	for (let sample = 0; sample < durations.length; sample++) {
		const offset = compositionOffsets[sample] ?? 0;
		const presented = time + offset;
		first = Math.min(first, presented);
		if (presented >= timing.mediaStart - roundingUnits) shown = Math.min(shown, presented);
		minOffset = Math.min(minOffset, offset);
		time += durations[sample] ?? 0;
		end = Math.max(end, presented + (durations[sample] ?? 0));
	}
	// A list that hides everything is damaged, so show everything.
	const start = Number.isFinite(shown) ? shown : first;
	const preroll = start - first;
	return {
		mediaStart: start,
		delay: Number.isFinite(shown) ? Math.max(0, shown - timing.mediaStart) : 0,
		preroll,
		// The next clip must not be decoded before this one; two units allow for rounding.
		length: Math.max(end - start, total - preroll, lastTime - preroll + 2),
		reorderDelay: first - minOffset,
	};
}
