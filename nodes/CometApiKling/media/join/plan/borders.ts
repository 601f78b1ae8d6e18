import { Mp4Error } from '../read/mp4Error';

/** Up to this length, all times fit into the 32 bits that every player reads. */
const MAX_SECONDS = 4 * 60 * 60;

/** A difference of up to this share of a frame is a rounding error. */
const ROUNDING_FRAMES = 1e-6;

/** The lengths of a clip's video and sound. */
export interface ClipLengths {
	/** From the clip's start to the end of its last picture. */
	videoSeconds: number;
	/** Missing if the clip is silent. */
	sound?: SoundLength;
}

export interface SoundLength {
	/** When the first frame starts; negative for frames that only prepare the decoder. */
	startSeconds: number;
	seconds: number;
}

/** A clip's place in the result. */
export interface Border {
	startSeconds: number;
	endSeconds: number;
	/** Frames of silence after the clip's sound, or instead of it. */
	silentFrames: number;
}

/**
 * Places clips one after the other. Audio frames follow each other without gaps, since Chromium
 * ignores gaps in their times. So each clip starts at the first time after the previous clip at
 * which its frames continue that sequence; silent frames fill the time between.
 *
 * @param frameSeconds the length of a frame of silence; left out if no clip has sound
 * @throws Mp4Error if a clip or the result is too long
 */
export function placeClips(clips: ClipLengths[], frameSeconds?: number): Border[] {
	let start = 0;
	let soundEnd = 0;
	return clips.map(({ videoSeconds, sound }, index): Border => {
		const nextSoundStart = clips[index + 1]?.sound?.startSeconds ?? 0;
		soundEnd = sound ? start + sound.startSeconds + sound.seconds : index === 0 ? 0 : soundEnd;
		const earliestEnd = start + videoSeconds;
		let silentFrames = 0;
		let end = earliestEnd;
		if (frameSeconds !== undefined) {
			const isLast = index === clips.length - 1;
			const missing = (earliestEnd + nextSoundStart - soundEnd) / frameSeconds;
			// The last clip needs no silence after its own sound.
			if (!isLast) silentFrames = Math.max(0, Math.ceil(missing - ROUNDING_FRAMES));
			else if (!sound) silentFrames = Math.max(0, Math.floor(missing));
			if (!(silentFrames * frameSeconds <= MAX_SECONDS)) throw tooLong();
			soundEnd += silentFrames * frameSeconds;
			if (!isLast) end = soundEnd - nextSoundStart;
		}
		if (!(end <= MAX_SECONDS)) throw tooLong(videoSeconds > MAX_SECONDS ? index : undefined);
		const border = { startSeconds: start, endSeconds: end, silentFrames };
		start = end;
		return border;
	});
}

function tooLong(clipIndex?: number): Mp4Error {
	return clipIndex === undefined
		? new Mp4Error('The joined video would last more than 4 hours. Join fewer clips at once.')
		: new Mp4Error('The MP4 file claims to last more than 4 hours.', clipIndex);
}
