import { toAudioLength, type AudioLength } from '../audioLength';
import { boxesIn, childrenOf, type Box } from './mp4Boxes';
import { playedUnits } from './mp4Edits';
import { presentUnits } from './mp4Present';
import { hasNeededTables, sampleFault } from './mp4Samples';
import { readTrack } from './mp4Track';

/** No film has as many audio tracks; reading 100,000 of them would take seconds. */
const MAX_TRACKS = 100;

/** The length of the audio of an MP4 or QuickTime file (M4A). */
export function readMp4(file: Buffer): AudioLength {
	const top = boxesIn(file, 0, file.length);
	const movie = top.find((box) => box.type === 'moov');
	if (!movie) return top.some(isMediaCut) ? 'cut' : 'unreadable';
	const boxes = childrenOf(file, movie, 'trak').slice(0, MAX_TRACKS);
	const tracks = boxes.map((box) => ({ ...readTrack(file, box), box }));
	const sound = tracks.find((track) => track.handler === 'soun');
	const hasVideo = tracks.some((track) => track.handler === 'vide' && !track.isPicture);
	if (hasVideo && sound) return 'video';
	if (isHeaderCut(file, top, movie, sound?.box)) return 'cut';
	if (!sound) return top.some(isMediaCut) ? 'cut' : 'silent';
	const fault = sampleFault(file, sound.box);
	if (fault) return fault;
	const mediaUnits = presentUnits(file, movie, top, sound);
	if (mediaUnits === undefined) return 'cut';
	const { timescale } = sound;
	if (timescale === 0) return 'unreadable';
	const units = playedUnits(file, movie, sound.box, { timescale, mediaUnits });
	return toAudioLength(units / timescale);
}

function isMediaCut({ type, missingBytes }: Box): boolean {
	return missingBytes > 0 && ['mdat', 'moof'].includes(type);
}

/**
 * Whether headers are missing without which the file cannot be played: those of the sound or of a
 * fragment. What follows the tables of the sound is not needed. Bytes after the last box look like
 * a truncated box of an unknown type.
 */
function isHeaderCut(file: Buffer, top: Box[], movie: Box, sound: Box | undefined): boolean {
	if (top.some(({ type, missingBytes }) => type === 'moof' && missingBytes > 0)) return true;
	if (movie.missingBytes === 0) return false;
	return !sound || (sound.missingBytes > 0 && !hasNeededTables(file, sound));
}
