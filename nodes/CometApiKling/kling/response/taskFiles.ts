import { numberOf, recordsOf, textOf, withoutUndefined, type JsonRecord } from '../json';
import type { ResultFamily } from '../routes';
import type { ResultFile, ResultFiles } from '../task';

const AUDIO_URL = /\.(mp3|wav|m4a|aac)(\?|$)/i;
const IMAGE_URL = /\.(png|jpe?g|webp)(\?|$)/i;

/**
 * Reads the files of a task.
 *
 * @param result the `task_result` that CometAPI's pages document
 * @param outputs the list in Kling's newer shape (docs/maintainers/service-notes.md#callbacks),
 * which mixes the kinds
 */
export function readFiles(result: JsonRecord, outputs: unknown): ResultFiles {
	const mixed = recordsOf(outputs);
	const ofFamily = (family: ResultFamily): JsonRecord[] =>
		mixed.filter((output) => familyOf(output) === family);
	return {
		videos: [...recordsOf(result.videos), ...ofFamily('video')].map(readFile),
		audios: [...recordsOf(result.audios), ...ofFamily('audio')].map(readFile),
		images: [...recordsOf(result.images), ...ofFamily('image')].map(readFile),
	};
}

/**
 * Text-to-audio and video-to-audio name their files by format
 * (docs/maintainers/service-notes.md#tasks).
 */
function readFile(file: JsonRecord): ResultFile {
	return withoutUndefined({
		id: textOf(file.id),
		url: textOf(file.url) ?? textOf(file.url_mp3) ?? textOf(file.url_wav),
		durationSeconds:
			numberOf(file.duration) ?? numberOf(file.duration_mp3) ?? numberOf(file.duration_wav),
	});
}

/** An output states its type, or its URL reveals it; most of Kling's results are videos. */
function familyOf(output: JsonRecord): ResultFamily {
	const type = `${textOf(output.type) ?? ''} ${textOf(output.mime_type) ?? ''}`.toLowerCase();
	const url = textOf(output.url) ?? '';
	if (type.includes('audio') || AUDIO_URL.test(url)) return 'audio';
	return type.includes('image') || IMAGE_URL.test(url) ? 'image' : 'video';
}
