import type { MediaKind } from '../kind';
import { MEDIA_LIMITS } from '../limits';
import { readAudio, type AudioFormat, type AudioReading } from './readAudio';
import {
	emptyFile,
	formatMegabytes,
	invalidMedia,
	type ValidationResult,
	type InvalidMedia,
} from '../validationResult';

export interface AudioFacts {
	format: AudioFormat;
	mimeType: string;
	seconds: number;
}

const FORMATS: Record<AudioFormat, { name: string; mimeType: string }> = {
	mp3: { name: 'MP3', mimeType: 'audio/mpeg' },
	wav: { name: 'WAV', mimeType: 'audio/wav' },
	m4a: { name: 'M4A', mimeType: 'audio/mp4' },
	aac: { name: 'AAC', mimeType: 'audio/aac' },
};

const TAKEN = 'Kling takes MP3, WAV, M4A and AAC';
const CONVERT = 'Convert it to MP3 first, for example with ffmpeg: ffmpeg -i input output.mp3.';
const CHECK_SOURCE = 'Check the node that the file comes from: it has to put out the audio itself.';
const TAKE_SOUND = 'Take the sound out of it, for example: ffmpeg -i video.mp4 -vn sound.mp3.';
const SAVE_ANEW = 'Get the file again, or save it anew as MP3 or WAV.';

/** Tells from an audio file's bytes whether the API would take it (API.md 2). Never throws. */
export function checkAudio(bytes: Uint8Array): ValidationResult<AudioFacts> {
	if (bytes.length === 0) return emptyFile();
	if (bytes.length > MEDIA_LIMITS.audioMaxBytes) {
		return invalidMedia(
			`the file has ${formatMegabytes(bytes.length)}, and Kling takes audio of up to ${formatMegabytes(MEDIA_LIMITS.audioMaxBytes)}`,
			'Shorten it, or save it as MP3 with a lower bit rate.',
		);
	}
	const reading = readAudio(bytes);
	if (reading.format === undefined) return otherKind(reading.kind);
	if ('fault' in reading) return faulty(reading);
	return (
		checkDuration(reading.seconds) ?? {
			ok: true,
			facts: { ...reading, mimeType: FORMATS[reading.format].mimeType },
			...(isOver(reading.seconds, MEDIA_LIMITS.audioSafeSeconds) && {
				hint: `The audio lasts ${ceilHundredths(reading.seconds)} seconds. Avatars from audio of more than ${MEDIA_LIMITS.audioSafeSeconds} seconds were seen to fail.`,
			}),
		}
	);
}

function otherKind(kind: MediaKind | undefined): InvalidMedia {
	if (!kind) return invalidMedia(`the file is no audio of a known kind, and ${TAKEN}`, CONVERT);
	const advice = { video: TAKE_SOUND, audio: CONVERT, image: CHECK_SOURCE, other: CHECK_SOURCE };
	return invalidMedia(`the file is ${kind.name}, and ${TAKEN}`, advice[kind.family]);
}

function faulty({ format, fault }: Extract<AudioReading, { fault: string }>): InvalidMedia {
	const { name } = FORMATS[format];
	switch (fault) {
		case 'video':
			return invalidMedia(`the file is an MP4 video, and ${TAKEN}`, TAKE_SOUND);
		case 'silent':
			return invalidMedia('the file is an MP4 file without an audio track', CHECK_SOURCE);
		case 'cut':
			return invalidMedia(`the ${name} file is cut off: it ends before its sound does`, SAVE_ANEW);
		case 'unreadable':
			return invalidMedia(
				`the file looks like ${name}, but its length cannot be read; it may be damaged or cut off`,
				SAVE_ANEW,
			);
	}
}

function checkDuration(seconds: number): InvalidMedia | undefined {
	if (seconds < MEDIA_LIMITS.audioMinSeconds) {
		return invalidMedia(
			`the audio lasts ${floorHundredths(seconds)} seconds, and an avatar needs at least ${MEDIA_LIMITS.audioMinSeconds}`,
			'Use a longer one, or add silence to its end.',
		);
	}
	if (!isOver(seconds, MEDIA_LIMITS.audioMaxSeconds)) return undefined;
	return invalidMedia(
		`the audio lasts ${ceilHundredths(seconds)} seconds, and Kling takes up to ${MEDIA_LIMITS.audioMaxSeconds}`,
		'Cut it into shorter pieces, one for each item.',
	);
}

function isOver(seconds: number, limit: number): boolean {
	return seconds > limit + MEDIA_LIMITS.audioPaddingSeconds;
}

/** Hundredths of a second, rounded so that no length beyond a limit reads like the limit. */
function ceilHundredths(seconds: number): number {
	return Math.ceil(seconds * 100) / 100;
}

function floorHundredths(seconds: number): number {
	return Math.floor(seconds * 100) / 100;
}
