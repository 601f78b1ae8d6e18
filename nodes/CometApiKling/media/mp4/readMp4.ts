import { boxesIn, childrenOf, type Box } from './mp4Boxes';
import { fragmentUnits } from './mp4Fragments';
import { readTrack } from './mp4Track';

/** What an MP4 file holds, as far as its audio goes. */
export type Mp4Reading = { seconds: number } | 'cut' | 'video' | 'silent' | 'unreadable';

/**
 * The length of the audio of an MP4 file (M4A). `cut` where the file ends before its parts do,
 * `video` where it has moving pictures too, `silent` where it has no audio track.
 */
export function readMp4(file: Buffer): Mp4Reading {
	const top = boxesIn(file, 0, file.length);
	const isCut = top.some((box) => box.isCut);
	const movie = top.find((box) => box.type === 'moov');
	if (!movie) return isCut ? 'cut' : 'unreadable';
	const tracks = childrenOf(file, movie, 'trak').map((track) => readTrack(file, track));
	if (tracks.some((track) => track.handler === 'vide' && !track.isPicture)) return 'video';
	if (isCut) return 'cut';
	const sound = tracks.find((track) => track.handler === 'soun');
	if (!sound) return 'silent';
	if (isMissingMediaData(top)) return 'cut';
	if (sound.timescale === 0) return 'unreadable';
	const fragments = top.filter((box) => box.type === 'moof');
	// The lengths that headers tell are wrong in files made of fragments; the samples are not.
	const units = sound.sampleUnits + fragmentUnits(file, movie, fragments, sound.id);
	const seconds = units / sound.timescale;
	return seconds > 0 ? { seconds } : 'unreadable';
}

/**
 * Whether a file ends between two boxes, so that the sound itself is missing: a file has its media
 * data somewhere, and each fragment has its own behind it (14496-12, 8.1.1 and 8.8.4).
 */
function isMissingMediaData(top: Box[]): boolean {
	const types = top.map((box) => box.type);
	return types.lastIndexOf('mdat') <= types.lastIndexOf('moof');
}
