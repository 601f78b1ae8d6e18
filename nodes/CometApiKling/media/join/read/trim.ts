import type { Edit } from './editList';
import type { Samples } from './sampleTable';

/** The parts of a track that are needed to trim it. */
interface TimedSamples extends Samples {
	/** Units of time in a second. */
	timescale: number;
	edit: Edit;
}

/** AAC decoders need the previous frame, and encoders add up to three frames before the sound. */
const KEPT_AUDIO_FRAMES = 4;

/** Edit lists are rounded to the movie's time unit, often a millisecond. */
const ROUNDING_SECONDS = 0.002;

/**
 * Removes samples that the edit list hides and that no other sample needs: those at the end of
 * a track, and all but the last few frames before its start if it is audio.
 */
export function trimTrack<Track extends TimedSamples>(track: Track, isAudio: boolean): Track {
	const { durations, compositionOffsets, edit, timescale } = track;
	const hiddenFrom = edit.mediaStart + (edit.lengthSeconds + ROUNDING_SECONDS) * timescale;
	let time = 0;
	let first = 0;
	let firstTime = 0;
	let end = 1;
	for (let sample = 0; sample < durations.length; sample++) {
		if (time + (compositionOffsets[sample] ?? 0) < hiddenFrom) end = sample + 1;
		time += durations[sample] ?? 0;
		const isEarly = isAudio && time <= edit.mediaStart;
		if (isEarly && sample + 1 - first > KEPT_AUDIO_FRAMES) firstTime += durations[first++] ?? 0;
	}
	if (first === 0 && end === durations.length) return track;
	return {
		...track,
		sizes: track.sizes.subarray(first, end),
		offsets: track.offsets.subarray(first, end),
		durations: durations.subarray(first, end),
		compositionOffsets: compositionOffsets.subarray(first, end),
		sync: track.sync.subarray(first, end),
		edit: { ...edit, mediaStart: edit.mediaStart - firstTime },
	};
}
