import { placeClips, type Border, type SoundLength } from './borders';
import type { Clip } from '../read/clip';
import {
	COMMON_TIMESCALE,
	commonTimescale,
	pictureTimes,
	timingIn,
	type PictureTimes,
	type Timing,
} from './timing';

/** Edit lists are rounded to the movie's time unit, often a millisecond. */
const ROUNDING_SECONDS = 0.001;

/** The timing of the joined video. */
export interface Layout {
	seconds: number;
	videoTimescale: number;
	/** How long after the start the first picture appears, in units of the video. */
	videoDelay: number;
	/** Missing if all clips are silent. */
	audio?: AudioLayout;
	clips: PlacedClip[];
}

export interface AudioLayout {
	timescale: number;
	/** The length of a silent frame in units; not always a whole number. */
	frameUnits: number;
	/** When the first frame starts, in seconds; what comes before 0 is not played. */
	startSeconds: number;
}

/** A clip's place in the joined video. */
export interface PlacedClip extends Border {
	video: PlacedVideo;
	/** Missing if the clip is silent. */
	audio?: Timing;
}

/** Times in units of the joined track. */
export interface PlacedVideo {
	timing: Timing;
	/** Added to each composition offset, so that all clips share one and none is negative. */
	extraOffset: number;
	/** The last picture stays until the next clip starts. */
	lastDuration: number;
	/** The edit: how long the clip is presented, and from which time of the joined track on. */
	length: number;
	mediaStart: number;
}

/**
 * Decides when each clip starts and how its samples are timed: in decoding order without overlap,
 * with audio and video in sync at each border.
 *
 * @throws Mp4Error if a clip or the result is too long, or if times are out of range
 */
export function layOut(clips: Clip[]): Layout {
	const videoTimescale = commonTimescale(
		clips.map(({ video }) => video),
		COMMON_TIMESCALE,
	);
	const videos = clips.map(({ video }): VideoTimes => {
		const timing = timingIn(video, videoTimescale);
		const times = pictureTimes(timing, videoTimescale * ROUNDING_SECONDS);
		const delaySeconds = video.edit.delaySeconds + times.delay / videoTimescale;
		return { ...times, timing, delaySeconds };
	});
	const audio = audioLayout(clips);
	const sounds = clips.map((clip) => clip.audio && audio && timingIn(clip.audio, audio.timescale));
	const lengths = clips.map((clip, index) => ({
		videoSeconds: secondsOf(videos[index], videoTimescale),
		sound: soundLength(clip, sounds[index], audio),
	}));
	const borders = placeClips(lengths, audio && audio.frameUnits / audio.timescale);
	const placed = placeVideos(videos, borders, videoTimescale);
	return {
		seconds: borders.at(-1)?.endSeconds ?? 0,
		videoTimescale,
		videoDelay: Math.round((videos[0]?.delaySeconds ?? 0) * videoTimescale),
		audio: audio && { ...audio, startSeconds: lengths[0]?.sound?.startSeconds ?? 0 },
		clips: placed.map((clip, index) => ({ ...clip, audio: sounds[index] })),
	};
}

interface VideoTimes extends PictureTimes {
	timing: Timing;
	delaySeconds: number;
}

function secondsOf(video: VideoTimes | undefined, timescale: number): number {
	return video ? video.delaySeconds + video.length / timescale : 0;
}

function audioLayout(clips: Clip[]): Omit<AudioLayout, 'startSeconds'> | undefined {
	const tracks = clips.flatMap(({ audio }) => audio ?? []);
	const config = tracks[0]?.config;
	if (!config) return undefined;
	const timescale = commonTimescale(tracks, config.sampleRate);
	return { timescale, frameUnits: (config.frameSamples / config.sampleRate) * timescale };
}

/** Encoders shorten the last frame to where the sound ends, but players play the whole frame. */
function soundLength(
	{ audio }: Clip,
	timing: Timing | undefined,
	layout: Omit<AudioLayout, 'startSeconds'> | undefined,
): SoundLength | undefined {
	if (!audio || !timing || !layout) return undefined;
	const last = timing.durations.length - 1;
	const full = Math.max(timing.durations[last] ?? 0, Math.round(layout.frameUnits));
	timing.total = timing.lastTime + full;
	timing.durations[last] = full;
	return {
		startSeconds: audio.edit.delaySeconds - timing.mediaStart / layout.timescale,
		seconds: timing.total / layout.timescale,
	};
}

function placeVideos(
	videos: VideoTimes[],
	borders: Border[],
	timescale: number,
): Array<Omit<PlacedClip, 'audio'>> {
	const reorderDelay = videos.reduce((most, video) => Math.max(most, video.reorderDelay), 0);
	const units = (seconds: number): number => Math.round(seconds * timescale);
	let mediaTime = 0;
	return borders.map((border, index) => {
		const video = videos[index];
		if (!video) throw new RangeError('There are more borders than clips.');
		const { timing, preroll } = video;
		const length =
			units(border.endSeconds + (videos[index + 1]?.delaySeconds ?? 0)) -
			units(border.startSeconds + video.delaySeconds);
		const mediaStart = mediaTime + reorderDelay + preroll;
		mediaTime += preroll + length;
		return {
			...border,
			video: {
				timing,
				extraOffset: reorderDelay - (video.mediaStart - preroll),
				lastDuration: preroll + length - timing.lastTime,
				length,
				mediaStart,
			},
		};
	});
}
