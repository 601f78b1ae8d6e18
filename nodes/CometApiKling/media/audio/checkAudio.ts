import { CONVERT, EXTRACT_AUDIO, adviceForKind, checkSource } from '../kindAdvice';
import type { MediaKind } from '../mediaKind';
import { MEDIA_LIMITS } from '../limits';
import {
	emptyFile,
	formatMegabytes,
	invalidMedia,
	type InvalidMedia,
	type ValidationResult,
} from '../validationResult';
import { guessPcmByteOrder } from './pcmGuess';
import type { ByteOrder } from './pcmType';
import { readAudio, type AudioFormat, type AudioReading } from './readAudio';

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

/** Where audio comes from; advice about its MIME type depends on it. */
type AudioSource = 'file' | 'base64';

const SET_PCM_TYPE: Record<AudioSource, string> = {
	file: 'Set the MIME type of the file to match its format, for example audio/L16;rate=24000',
	base64:
		'Write its MIME type in front of the base64, for example "data:audio/L16;rate=24000;base64,"',
};
const ACCEPTED = 'Kling accepts MP3, WAV, M4A and AAC';
const GET_AGAIN = 'Download the file again, or export it as MP3 or WAV.';
const CONVERT_PCM = (order: ByteOrder) =>
	`convert it, for example with ffmpeg: ffmpeg -f s16${order} -ar 24000 -ac 1 -i input output.wav.`;

/**
 * Checks whether the API accepts an audio file
 * (docs/maintainers/service-notes.md#create-an-avatar-task), judged by its bytes. Never throws.
 */
export function checkAudio(
	bytes: Uint8Array,
	source: AudioSource = 'file',
): ValidationResult<AudioFacts> {
	if (bytes.length === 0) return emptyFile();
	if (bytes.length > MEDIA_LIMITS.audioMaxBytes) {
		return invalidMedia(
			`the file is ${formatMegabytes(bytes.length)}; Kling accepts audio of up to ${formatMegabytes(MEDIA_LIMITS.audioMaxBytes)}`,
			'Shorten it, or save it as MP3 with a lower bit rate.',
		);
	}
	const reading = readAudio(bytes);
	if (reading.format === undefined) return otherKind(bytes, reading.kind, source);
	if ('fault' in reading) return unusableAudio(reading);
	return (
		checkDuration(reading.seconds) ?? {
			ok: true,
			facts: { ...reading, mimeType: FORMATS[reading.format].mimeType },
			...(isOver(reading.seconds, MEDIA_LIMITS.audioSafeSeconds) && {
				hint: `The audio is ${ceilHundredths(reading.seconds)} seconds long. Tasks with more than ${MEDIA_LIMITS.audioSafeSeconds} seconds of audio may fail.`,
			}),
		}
	);
}

function otherKind(
	bytes: Uint8Array,
	kind: MediaKind | undefined,
	source: AudioSource,
): InvalidMedia {
	if (kind)
		return invalidMedia(`the file is ${kind.name}; ${ACCEPTED}`, adviceForKind(kind, 'audio'));
	const order = guessPcmByteOrder(bytes);
	if (!order) {
		return invalidMedia(
			`the file is not in a known audio format; ${ACCEPTED}`,
			`${checkSource('audio')} If it is audio in another format, convert it to MP3 first.`,
		);
	}
	return invalidMedia(
		`the file looks like raw PCM audio without a header; ${ACCEPTED}`,
		order === 'le'
			? `${SET_PCM_TYPE[source]}, or ${CONVERT_PCM(order)}`
			: `Convert its byte order and add a header: ${CONVERT_PCM(order)}`,
	);
}

function unusableAudio({
	format,
	fault,
	kind,
}: Extract<AudioReading, { fault: string }>): InvalidMedia {
	const { name } = FORMATS[format];
	const isQuickTime = kind.extension === 'mov';
	switch (fault) {
		case 'video':
			return invalidMedia(
				`the file is ${kind.family === 'video' ? kind.name : 'an MP4 video'}; ${ACCEPTED}`,
				EXTRACT_AUDIO,
			);
		case 'silent':
			return invalidMedia(
				`the file is ${isQuickTime ? 'a QuickTime' : 'an MP4'} file without an audio track`,
				checkSource('audio'),
			);
		case 'encrypted':
			return invalidMedia(
				`the ${name} file is encrypted (copy protected)`,
				'Use an audio file without copy protection.',
			);
		case 'foreign':
			return invalidMedia(
				`the file contains sound that is not AAC, as in 3GP files with AMR; ${ACCEPTED}`,
				CONVERT,
			);
		case 'cut':
			return invalidMedia(
				`the ${name} file is truncated: it holds less audio than its header says`,
				GET_AGAIN,
			);
		case 'unreadable':
			return invalidMedia(
				`the file looks like ${name}, but its length cannot be read; it may be damaged or truncated`,
				GET_AGAIN,
			);
	}
}

function checkDuration(seconds: number): InvalidMedia | undefined {
	if (seconds < MEDIA_LIMITS.audioMinSeconds) {
		return invalidMedia(
			`the audio is ${floorHundredths(seconds)} seconds long, but an avatar needs at least ${MEDIA_LIMITS.audioMinSeconds} seconds`,
			'Use longer audio, or add silence at the end.',
		);
	}
	if (!isOver(seconds, MEDIA_LIMITS.audioMaxSeconds)) return undefined;
	return invalidMedia(
		`the audio is ${ceilHundredths(seconds)} seconds long; Kling accepts up to ${MEDIA_LIMITS.audioMaxSeconds}`,
		'Cut it into shorter pieces, one for each item.',
	);
}

function isOver(seconds: number, limit: number): boolean {
	return seconds > limit + MEDIA_LIMITS.audioPaddingSeconds;
}

/** Rounds up so that a length just over a limit is not shown as the limit. */
function ceilHundredths(seconds: number): number {
	return Math.ceil(seconds * 100) / 100;
}

/** Rounds down so that a length just below a limit is not shown as the limit. */
function floorHundredths(seconds: number): number {
	return Math.floor(seconds * 100) / 100;
}
