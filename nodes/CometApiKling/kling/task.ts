import { isRecord, numberOf, recordsOf, textOf, type JsonRecord } from './json';
import type { KlingRoute, ResultFamily } from './routes';
import { isKnownStatus, stateOf, type TaskState } from './statuses';

/** A task as the service last told of it. */
export interface KlingTask {
	id: string;
	status: string;
	state: TaskState;
	/** Whether the status is a word that the API is known to use. */
	statusIsKnown: boolean;
	/** The reason of a failure, where one was given. */
	statusMessage?: string;
	externalTaskId?: string;
	/** Addresses of the results, in the order of the answer. */
	videos: ResultFile[];
	audios: ResultFile[];
	images: ResultFile[];
	/** The API's task object, untouched. */
	raw: JsonRecord;
}

export interface ResultFile {
	id?: string;
	url?: string;
	durationSeconds?: number;
}

/** The simplified output of a task (SPEC 3): the API's own field names, flat. */
export interface SimplifiedTask {
	task_id: string;
	task_type: string;
	task_status: string;
	task_status_msg?: string;
	external_task_id?: string;
	video_url?: string;
	video_id?: string;
	video_duration?: number;
	audio_id?: string;
	audio_url?: string;
	audio_duration?: number;
	image_urls?: string[];
	created_at?: string;
	updated_at?: string;
	final_unit_deduction?: string | number;
}

/**
 * The objects that may describe a task, from the outside in: the answer itself and what lies
 * under `data`, up to three levels down (API.md 3, envelopes A to D).
 */
export function layersOf(answer: JsonRecord): JsonRecord[] {
	const layers = [answer];
	let layer = answer;
	for (let depth = 0; depth < 3 && isRecord(layer.data); depth++) {
		layer = layer.data;
		layers.push(layer);
	}
	return layers;
}

/** Whether an object tells of a task: envelopes have a `code` but none of these. */
export function describesTask(layer: JsonRecord): boolean {
	return (
		textOf(layer.task_id) !== undefined ||
		textOf(layer.task_status) !== undefined ||
		isRecord(layer.task_result) ||
		(textOf(layer.status) !== undefined && isGatewayTask(layer))
	);
}

/** Envelopes B and C wrap a task in one of the gateway's own, with a progress or a reason. */
function isGatewayTask(layer: JsonRecord): boolean {
	return layer.progress !== undefined || layer.fail_reason !== undefined;
}

/**
 * Reads a task from the layers that describe it.
 *
 * @param layers from the outside in, each one a description of the same task
 * @param fallbackId the id that was asked for, where the answer repeats none (envelope B)
 * @returns `undefined` where neither the answer nor the caller knows an id
 */
export function readTask(layers: JsonRecord[], fallbackId?: string): KlingTask | undefined {
	const inward = [...layers].reverse();
	// The outermost id is the one that the gateway's own queries take.
	const id = firstText(layers, 'task_id') ?? fallbackId;
	if (id === undefined) return undefined;
	const result = inward.map((layer) => layer.task_result).find(isRecord) ?? {};
	const files = readFiles(result);
	const status = statusOf(
		layers,
		files.videos.length + files.audios.length + files.images.length > 0,
	);
	const info = inward.map((layer) => layer.task_info).find(isRecord) ?? {};
	const message = firstText(inward, 'task_status_msg') ?? firstText(layers, 'fail_reason');
	const externalTaskId = textOf(info.external_task_id) ?? firstText(inward, 'external_task_id');
	return {
		id,
		status,
		state: stateOf(status),
		statusIsKnown: isKnownStatus(status),
		...(message !== undefined && { statusMessage: message }),
		...(externalTaskId !== undefined && { externalTaskId }),
		...files,
		raw:
			inward.find((layer) => layer.task_status !== undefined || layer.status !== undefined) ??
			layers[0] ??
			{},
	};
}

/** The address that the result of this kind of task is downloaded from, if there is one. */
export function resultUrl(task: KlingTask, family: ResultFamily): string | undefined {
	return filesOf(task, family).find((file) => file.url !== undefined)?.url;
}

/** Whether a task that succeeded has a result to show for it (envelope E has none). */
export function hasResult(task: KlingTask, family: ResultFamily): boolean {
	return filesOf(task, family).some((file) => file.url !== undefined || file.id !== undefined);
}

/** The flat output of SPEC 3 for a task of this kind. */
export function simplifyTask(task: KlingTask, route: KlingRoute): SimplifiedTask {
	const video = task.videos[0];
	const audio = task.audios[0];
	const imageUrls = task.images.flatMap((image) => image.url ?? []);
	return withoutUndefined({
		task_id: task.id,
		task_type: route.type,
		task_status: task.status,
		task_status_msg: task.statusMessage,
		external_task_id: task.externalTaskId,
		video_url: video?.url,
		video_id: video?.id,
		video_duration: video?.durationSeconds,
		audio_id: audio?.id,
		audio_url: audio?.url,
		audio_duration: audio?.durationSeconds,
		image_urls: imageUrls.length > 0 ? imageUrls : undefined,
		created_at: isoTime(task.raw.created_at),
		updated_at: isoTime(task.raw.updated_at),
		final_unit_deduction: textOrNumber(task.raw.final_unit_deduction),
	});
}

function filesOf(task: KlingTask, family: ResultFamily): ResultFile[] {
	return { video: task.videos, audio: task.audios, image: task.images }[family];
}

/**
 * The status in the task's own words. An outer layer (a gateway's, envelopes B and C) decides only
 * where the inner one is silent, or where it has ended while the inner one is out of date.
 */
function statusOf(layers: JsonRecord[], hasFiles: boolean): string {
	const inner = firstText([...layers].reverse(), 'task_status');
	const outer = firstText(layers, 'status');
	if (inner === undefined) return outer ?? 'submitted';
	if (outer === undefined || stateOf(inner) !== 'running') return inner;
	const outerState = stateOf(outer);
	return outerState === 'failed' || (outerState === 'succeeded' && hasFiles) ? outer : inner;
}

function readFiles(result: JsonRecord): Pick<KlingTask, 'videos' | 'audios' | 'images'> {
	return {
		videos: recordsOf(result.videos).map(readFile),
		audios: recordsOf(result.audios).map(readFile),
		images: recordsOf(result.images).map(readFile),
	};
}

/** Text-to-audio and video-to-audio name their files by format (API.md 3). */
function readFile(file: JsonRecord): ResultFile {
	return withoutUndefined({
		id: textOf(file.id),
		url: textOf(file.url) ?? textOf(file.url_mp3) ?? textOf(file.url_wav),
		durationSeconds:
			numberOf(file.duration) ?? numberOf(file.duration_mp3) ?? numberOf(file.duration_wav),
	});
}

function firstText(layers: JsonRecord[], key: string): string | undefined {
	for (const layer of layers) {
		const text = textOf(layer[key]);
		if (text !== undefined) return text;
	}
	return undefined;
}

function isoTime(unixMilliseconds: unknown): string | undefined {
	const date = new Date(numberOf(unixMilliseconds) ?? NaN);
	return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function textOrNumber(value: unknown): string | number | undefined {
	return typeof value === 'number' ? value : textOf(value);
}

/** Takes out the keys that hold nothing, so that outputs and bodies have only what is known. */
function withoutUndefined<T extends object>(object: T): T {
	for (const [key, value] of Object.entries(object)) {
		if (value === undefined) Reflect.deleteProperty(object, key);
	}
	return object;
}
