/** How a video differs from the default; properties that are left out are not changed. */
export interface ClipStyle {
	framesPerSecond?: number;
	/** Units per second of the video's timeline. */
	timescale?: number;
	/** How many B-frames may follow each other. */
	bFrames?: number;
	/** 1 for mono, 2 for stereo. */
	channels?: 1 | 2;
	sampleRate?: number;
	/** Whether the headers (`moov`) follow the media data. */
	moovLast?: boolean;
	/** How long after the pictures the sound starts, in seconds; this needs an edit list. */
	soundDelaySeconds?: number;
	/** A color that fills the upper left corner, by which a test distinguishes videos. */
	mark?: string;
}

const FRAME_RATES = [24, 25, 30];
const TIMESCALES = [600, 90_000, 30_000, 12_800];
const B_FRAMES = [0, 2, 3];
const SOUND_DELAYS = [0, 0.04];

/**
 * Clips as odd as real ones: each differs from the one before in frame rate, time scale, B-frames,
 * edit list and header position. All share one sound format, since mixed formats cannot be
 * joined.
 */
export function oddClips(channels: 1 | 2 = 1): (order: number) => ClipStyle {
	return (order) => ({
		framesPerSecond: FRAME_RATES[order % FRAME_RATES.length],
		timescale: TIMESCALES[order % TIMESCALES.length],
		bFrames: B_FRAMES[(order + 1) % B_FRAMES.length],
		soundDelaySeconds: SOUND_DELAYS[order % SOUND_DELAYS.length],
		moovLast: order % 2 === 1,
		channels,
	});
}
