import { MIN_PRESENT_SHARE, toAudioLength, type AudioLength } from '../../audioLength';
import { findFirstFrame, sumFrames } from './frames';
import { readMp3Frame } from './mp3Frame';
import { readEncoderTag } from './mp3Tag';

/**
 * The length of an MP3 file. All frames are added up, which takes a few milliseconds for 5 MB: the
 * count in an encoder's tag is wrong if the file was joined. If the file has far fewer frames than
 * the tag says, it was cut off.
 */
export function readMp3(sound: Buffer): AudioLength {
	const start = findFirstFrame(sound, readMp3Frame);
	const first = start === undefined ? undefined : readMp3Frame(sound, start);
	if (start === undefined || !first) return 'unreadable';
	const tag = readEncoderTag(sound, start);
	if (!tag) return toAudioLength(sumFrames(sound, start, readMp3Frame).seconds);
	const { count, seconds } = sumFrames(sound, start + first.bytes, readMp3Frame);
	if (count < tag.frames * MIN_PRESENT_SHARE) return 'cut';
	// If the end of the file is missing, so is the padding there.
	const addedSamples = tag.startSamples + (count >= tag.frames ? tag.endSamples : 0);
	return toAudioLength(seconds - addedSamples / first.sampleRateHz);
}
