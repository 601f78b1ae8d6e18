import { adtsSeconds } from './adts';
import { skipId3 } from './id3';
import { isAdtsStart, kindOf, type MediaKind } from '../kind';
import { mp3Seconds } from './mp3';
import { readMp4 } from '../mp4/readMp4';
import { wavSeconds } from './wav';

export type AudioFormat = 'mp3' | 'wav' | 'm4a' | 'aac';

/**
 * What a file turned out to be: audio with its length, audio that cannot be read, or, with the kind
 * told where it is known, something else.
 */
export type AudioReading =
	| { format: AudioFormat; seconds: number }
	| { format: AudioFormat; fault: 'cut' | 'video' | 'silent' | 'unreadable' }
	| { format: undefined; kind?: MediaKind };

/** Reads a file's headers, and frames where need be. Takes time in proportion to its size at most. */
export function readAudio(bytes: Uint8Array): AudioReading {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
	const kind = kindOf(file);
	switch (kind?.extension) {
		case 'wav':
			return reading('wav', wavSeconds(file));
		case 'm4a':
		case 'mp4': {
			const found = readMp4(file);
			return typeof found === 'string'
				? { format: 'm4a', fault: found }
				: reading('m4a', found.seconds);
		}
		case 'aac':
		case 'mp3':
			return readStream(file);
		case undefined: {
			// Some recorders put padding before the first frame.
			const seconds = mp3Seconds(file);
			return seconds === undefined ? { format: undefined } : reading('mp3', seconds);
		}
		default:
			return { format: undefined, kind };
	}
}

/** MP3 and raw AAC, either of which may begin with tags. */
function readStream(file: Buffer): AudioReading {
	const sound = file.subarray(skipId3(file));
	const inside = kindOf(sound);
	if (inside?.extension === 'flac') return { format: undefined, kind: inside };
	return isAdtsStart(sound)
		? reading('aac', adtsSeconds(sound))
		: reading('mp3', mp3Seconds(sound));
}

function reading(format: AudioFormat, seconds: number | undefined): AudioReading {
	return seconds !== undefined && seconds > 0
		? { format, seconds }
		: { format, fault: 'unreadable' };
}
