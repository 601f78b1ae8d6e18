import { toAudioLength, type AudioLength } from '../audioLength';
import { boxesIn, childrenOf, type Box } from './mp4Boxes';
import { playedUnits } from './mp4Edits';
import { fragmentUnits } from './mp4Fragments';
import { isEncrypted, sampleBytes } from './mp4Samples';
import { readTrack, type Track } from './mp4Track';

/**
 * The file cannot be played if one of these is cut off. Bytes after the last box look like a
 * truncated box, too.
 */
const NEEDED_TYPES = ['moov', 'mdat', 'moof'];

/** No film has as many audio tracks; reading 100,000 of them would take seconds. */
const MAX_TRACKS = 100;

interface SoundTrack extends Track {
	box: Box;
}

/** The length of the audio of an MP4 or QuickTime file (M4A). */
export function readMp4(file: Buffer): AudioLength {
	const top = boxesIn(file, 0, file.length);
	const isCut = top.some((box) => box.isCut && NEEDED_TYPES.includes(box.type));
	const movie = top.find((box) => box.type === 'moov');
	if (!movie) return isCut ? 'cut' : 'unreadable';
	const boxes = childrenOf(file, movie, 'trak').slice(0, MAX_TRACKS);
	const tracks = boxes.map((box) => ({ ...readTrack(file, box), box }));
	const sound = tracks.find((track) => track.handler === 'soun');
	const hasVideo = tracks.some((track) => track.handler === 'vide' && !track.isPicture);
	if (hasVideo && sound) return 'video';
	if (isCut) return 'cut';
	if (!sound) return 'silent';
	if (isEncrypted(file, sound.box)) return 'encrypted';
	if (isMissingMediaData(file, top, sound)) return 'cut';
	if (sound.timescale === 0) return 'unreadable';
	const fragments = top.filter((box) => box.type === 'moof');
	// The lengths in the headers of fragmented files are wrong, but the samples are right.
	const mediaUnits = sound.sampleUnits + fragmentUnits(file, movie, fragments, sound.id);
	const { timescale } = sound;
	const units = playedUnits(file, movie, sound.box, { timescale, mediaUnits });
	return toAudioLength(units / timescale);
}

/**
 * Whether a file ends between two boxes and the sound itself is missing. Every file contains
 * its media data, and each fragment is followed by its own (14496-12, 8.1.1 and 8.8.4). Media data
 * that goes "to the end of the file" must have room for the samples.
 */
function isMissingMediaData(file: Buffer, top: Box[], sound: SoundTrack): boolean {
	const types = top.map((box) => box.type);
	if (types.lastIndexOf('mdat') <= types.lastIndexOf('moof')) return true;
	const mediaBytes = top
		.filter((box) => box.type === 'mdat')
		.reduce((sum, box) => sum + box.end - box.start, 0);
	return sampleBytes(file, sound.box) > mediaBytes;
}
