import path from 'node:path';
import { imageSize } from 'image-size';

import type { FileHost } from './fileHost';
import type { Studio } from './filming';
import { badParameter } from './refusal';
import { SAMPLE_FOLDER, sampleFile } from './sampleMedia';
import type { SimulatorOptions } from './options';

const MEGABYTE = 1024 * 1024;

/** Limits of docs/maintainers/service-notes.md#create-an-avatar-task. */
const MAX_IMAGE_BYTES = 10 * MEGABYTE;
const MAX_AUDIO_BYTES = 5 * MEGABYTE;
const MIN_SIDE_PIXELS = 300;
const MAX_RATIO = 2.5;
const MIN_AUDIO_SECONDS = 2;
/**
 * Kling's own limit; CometAPI's page says 60
 * (docs/maintainers/service-notes.md#create-an-avatar-task), and the node warns above that.
 */
const MAX_AUDIO_SECONDS = 300;

/** ffprobe's names for MP3, WAV, M4A and AAC. */
const AUDIO_FORMATS = new Set(['mp3', 'wav', 'mov,mp4,m4a,3gp,3g2,mj2', 'aac']);

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** What is needed to check the media of a request. */
export interface MediaDesk {
	studio: Studio;
	files: FileHost;
	options: SimulatorOptions;
}

/**
 * The image file that was sent as raw base64 or as a URL.
 *
 * @throws Refusal if the service would reject it
 */
export async function imageOf(value: unknown, desk: MediaDesk): Promise<string> {
	const { file, bytes } = await fileOf(value, 'image', desk);
	if (bytes) checkImage(bytes);
	return file;
}

/**
 * The audio file that was sent as raw base64 or as a URL.
 *
 * @throws Refusal if the service would reject it
 */
export async function soundOf(value: unknown, desk: MediaDesk): Promise<string> {
	const { file } = await fileOf(value, 'sound_file', desk);
	if (path.dirname(file) === SAMPLE_FOLDER) return file;
	const facts = await desk.studio.factsOf(file).catch(() => undefined);
	if (!facts || !AUDIO_FORMATS.has(facts.format))
		throw badParameter('sound_file must be an MP3, WAV, M4A or AAC file');
	if (facts.seconds < MIN_AUDIO_SECONDS || facts.seconds > MAX_AUDIO_SECONDS)
		throw badParameter(`sound_file must last ${MIN_AUDIO_SECONDS} to ${MAX_AUDIO_SECONDS} seconds`);
	return file;
}

async function fileOf(
	value: unknown,
	field: 'image' | 'sound_file',
	{ studio, files, options }: MediaDesk,
): Promise<{ file: string; bytes?: Buffer }> {
	if (typeof value !== 'string' || value === '') throw badParameter(`${field} is required`);
	const isImage = field === 'image';
	const standIn = isImage ? 'face.jpg' : 'voice.mp3';
	if (/^https?:\/\//.test(value)) {
		const file = files.isOwn(value) ? await files.fileAt(new URL(value).pathname) : undefined;
		const isUnknown = files.isOwn(value) || options.foreignUrls === 'refuse';
		if (file === undefined && isUnknown)
			throw badParameter(`${field} could not be downloaded from its url`);
		return { file: file ?? (await sampleFile(standIn)) };
	}
	if (value.startsWith('data:'))
		throw badParameter(`${field} must be raw base64 without a data: prefix`);
	if (options.checkMedia === false) return { file: await sampleFile(standIn) };
	if (value.length % 4 !== 0 || !BASE64.test(value))
		throw badParameter(`${field} is not valid base64`);
	const bytes = Buffer.from(value, 'base64');
	if (bytes.length > (isImage ? MAX_IMAGE_BYTES : MAX_AUDIO_BYTES))
		throw badParameter(`${field} is too large`);
	return { file: await studio.keep(bytes, isImage ? 'img' : 'snd'), bytes };
}

function checkImage(bytes: Buffer): void {
	const { width, height, type } = sizeOf(bytes);
	if (type !== 'jpg' && type !== 'png') throw badParameter('image format is not supported');
	if (width < MIN_SIDE_PIXELS || height < MIN_SIDE_PIXELS) throw badParameter('image is too small');
	const ratio = width / height;
	if (ratio > MAX_RATIO || ratio < 1 / MAX_RATIO)
		throw badParameter('image ratio must be 1:2.5 to 2.5:1');
}

function sizeOf(bytes: Buffer): ReturnType<typeof imageSize> {
	try {
		return imageSize(bytes);
	} catch {
		throw badParameter('image cannot be read');
	}
}
