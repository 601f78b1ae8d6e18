import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { AvatarJob, PaidJob } from '../actions/job';
import { paceOf, type SpeechParameters } from '../actions/shared/speech';
import { silentMp3 } from '../media/audio/mp3/silentMp3';
import { placeholderVideo } from '../media/join/placeholder';
import { splitText } from '../talk/splitText';
import { audioSeconds } from './limitAudio';
import { includedFields } from '../output/includedFields';
import { fileNameFor } from '../transport/download/fileName';

/** Assumed audio length for links and audio IDs, whose real length is unknown: a typical clip. */
const USUAL_SECONDS = 10;

/** The size of the placeholder for a linked image: portrait format, like most pictures of faces. */
const USUAL_SIZE = { width: 480, height: 640 };

/** The longer side of a placeholder in pixels; this size limits the file to a few kB. */
const PLACEHOLDER_SIDE = 640;

/**
 * Creates the item of a dry run: the findings, and a playable placeholder instead of the file. No
 * request is sent.
 */
export async function dryRunItem(
	context: IExecuteFunctions,
	job: PaidJob,
	input: IDataObject,
): Promise<INodeExecutionData> {
	const seconds = estimatedSeconds(job);
	const details =
		job.kind === 'avatar' ? avatarDetails(job) : { audio: textDetails(job.speech, false) };
	const json: IDataObject = {
		...includedFields(job, input),
		dry_run: true,
		task_type: job.route.type,
		estimated_seconds: Math.round(seconds * 10) / 10,
		...details,
	};
	const item: INodeExecutionData = { json, pairedItem: { item: job.itemIndex } };
	if (!job.download) return item;
	const { binaryField, fileName } = job.download;
	const [bytes, extension, mimeType] =
		job.kind === 'avatar'
			? [placeholderVideo(seconds, placeholderSize(job)), 'mp4', 'video/mp4']
			: [silentMp3(seconds), 'mp3', 'audio/mpeg'];
	const name = fileNameFor(fileName, 'dry-run', extension);
	const file = await context.helpers.prepareBinaryData(bytes, name, mimeType);
	return { ...item, binary: { [binaryField]: file } };
}

function estimatedSeconds(job: PaidJob): number {
	return audioSeconds(job).seconds ?? USUAL_SECONDS;
}

function avatarDetails({ image, audio, mode, prompt }: AvatarJob): IDataObject {
	return {
		image: image.facts
			? {
					format: image.facts.format,
					width: image.facts.width,
					height: image.facts.height,
					bytes: image.bytes,
				}
			: sourceDetails(image),
		audio: audioDetails(audio),
		mode,
		prompt,
	};
}

function audioDetails(audio: AvatarJob['audio']): IDataObject {
	switch (audio.kind) {
		case 'audioId':
			return { audio_id: audio.audioId };
		case 'text':
			return textDetails(audio.speech, audio.split);
		case 'file': {
			const { facts, bytes } = audio.file;
			return facts
				? { format: facts.format, seconds: Math.round(facts.seconds * 100) / 100, bytes }
				: sourceDetails(audio.file);
		}
	}
}

function textDetails(speech: SpeechParameters, split: boolean): IDataObject {
	const { text, voice } = speech;
	return {
		characters: [...text].length,
		parts: split ? splitText(text, paceOf(speech)).length : 1,
		voice: `${voice.language}:${voice.id}`,
	};
}

/** Describes a link, or a file that was not validated. */
function sourceDetails({ url, bytes }: { url?: string; bytes: number }): IDataObject {
	return url === undefined ? { bytes } : { url };
}

function placeholderSize({ image }: AvatarJob): { width: number; height: number } {
	if (!image.facts) return USUAL_SIZE;
	const scale = PLACEHOLDER_SIDE / Math.max(image.facts.width, image.facts.height);
	// H.264's usual color format does not allow odd sizes.
	const even = (side: number): number => Math.max(2, 2 * Math.round((side * scale) / 2));
	return { width: even(image.facts.width), height: even(image.facts.height) };
}
