import type { ClipSource } from './read/byteReader';
import { readClip, type Clip } from './read/clip';
import { copyMedia } from './write/copyMedia';
import { differencesOf } from './plan/differences';
import { layOut } from './plan/layout';
import { Mp4Error } from './read/mp4Error';
import { readMovieBox } from './read/movieBox';
import { planJoin } from './plan/planJoin';

export interface JoinedVideo {
	kind: 'joined';
	/** The MP4 file, from its first byte to its last; reads the clips again. Use it only once. */
	data: AsyncIterable<Buffer>;
	/** The exact size of the file in bytes. */
	bytes: number;
	seconds: number;
	/** In pixels, as displayed. */
	width: number;
	height: number;
	hasAudio: boolean;
	/** The position of each clip in the joined video; the next clip starts where it ends. */
	clips: Array<{ startSeconds: number; seconds: number }>;
}

/** The clips cannot be joined unless they are encoded again. */
export interface IncompatibleClips {
	kind: 'incompatible';
	/** The differences, one clause each: `picture size: 512 × 640 pixels (clip 1), …`. */
	differences: string[];
}

/**
 * Joins MP4 clips of H.264 and AAC without encoding them again. All headers are read right away;
 * the rest is read while `data` is read. A clip without sound gets silence if others have sound.
 *
 * @throws Mp4Error with the clip's index if a clip cannot be read or joined; `data` throws it if a
 * clip turns out to be shorter than its headers say. Errors of the sources pass through
 */
export async function joinClips(sources: ClipSource[]): Promise<JoinedVideo | IncompatibleClips> {
	if (sources.length === 0) throw new Mp4Error('There are no clips to join.');
	const clips: Clip[] = [];
	for (const [index, source] of sources.entries()) {
		try {
			clips.push(readClip(await readMovieBox(source)));
		} catch (error) {
			throw error instanceof Mp4Error ? new Mp4Error(error.message, index) : error;
		}
	}
	const differences = differencesOf(clips);
	if (differences.length > 0) return { kind: 'incompatible', differences };
	const layout = layOut(clips);
	const { head, mediaBytes, parts, width, height, hasAudio } = planJoin(clips, layout);
	const plans = sources.map((source, index) => ({ source, parts: parts[index] ?? [] }));
	return {
		kind: 'joined',
		data: copyMedia(head, plans),
		bytes: head.length + mediaBytes,
		seconds: layout.seconds,
		width,
		height,
		hasAudio,
		clips: layout.clips.map(({ startSeconds, endSeconds }) => ({
			startSeconds,
			seconds: endSeconds - startSeconds,
		})),
	};
}
