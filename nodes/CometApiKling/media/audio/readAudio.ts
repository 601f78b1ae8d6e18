import { kindOf } from '../kind';
import type { MediaKind } from '../mediaKind';
import { readMp4 } from '../mp4/readMp4';
import { readAdts } from './adts';
import type { AudioFault, AudioLength } from '../audioLength';
import { skipId3 } from './mp3/id3';
import { readMp3 } from './mp3/mp3';
import { readWav } from './wav';

export type AudioFormat = 'mp3' | 'wav' | 'm4a' | 'aac';

/**
 * What a file turned out to be: audio with its length, audio that cannot be used, or something
 * else, with its kind if that is known.
 */
export type AudioReading =
	| { format: AudioFormat; seconds: number }
	| { format: AudioFormat; fault: AudioFault; kind: MediaKind }
	| { format: undefined; kind?: MediaKind };

/**
 * Reads the headers of a file, and its frames if it has no headers. The time taken is at most
 * proportional to its size.
 */
export function readAudio(bytes: Uint8Array): AudioReading {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
	const kind = kindOf(file);
	if (!kind) return readFrames(file) ?? { format: undefined };
	if (kind.extension !== 'mp3') return readKind(file, kind);
	// Any format may follow ID3 tags.
	const sound = file.subarray(skipId3(file));
	const inside = kindOf(sound);
	if (inside && inside.extension !== 'mp3') return readKind(sound, inside);
	return readFrames(sound) ?? toReading('mp3', kind, readMp3(sound));
}

/** Some recorders put padding before the first frame, and streams are joined in its middle. */
function readFrames(sound: Buffer): AudioReading | undefined {
	const mp3 = readMp3(sound);
	if (typeof mp3 !== 'string') return { format: 'mp3', ...mp3 };
	const aac = readAdts(sound);
	return mp3 === 'cut' || typeof aac === 'string' ? undefined : { format: 'aac', ...aac };
}

function readKind(file: Buffer, kind: MediaKind): AudioReading {
	switch (kind.extension) {
		case 'wav':
			return toReading('wav', kind, readWav(file));
		case 'm4a':
		case 'mp4':
		case 'mov':
		case '3gp':
			return toReading('m4a', kind, readMp4(file));
		case 'aac':
			return toReading('aac', kind, readAdts(file));
		default:
			return { format: undefined, kind };
	}
}

function toReading(format: AudioFormat, kind: MediaKind, length: AudioLength): AudioReading {
	return typeof length === 'string' ? { format, fault: length, kind } : { format, ...length };
}
