import { textOf, withoutUndefined, type JsonRecord } from './json';
import type { KlingRoute, ResultFamily } from './routes';

/** What a task's status means for a caller that waits for the task. */
export type TaskState = 'running' | 'succeeded' | 'failed';

/** A file that a task produced. */
export interface ResultFile {
	id?: string;
	url?: string;
	durationSeconds?: number;
}

/** The results of a task, each kind in the order of the response. */
export interface ResultFiles {
	videos: ResultFile[];
	audios: ResultFile[];
	images: ResultFile[];
}

/** A task as the service last reported it. Its texts are safe to show and store (see `redact`). */
export interface KlingTask extends ResultFiles {
	id: string;
	status: string;
	state: TaskState;
	/** Whether the API is known to use this status. */
	statusIsKnown: boolean;
	/** The reason for a failure, if one was given. */
	statusMessage?: string;
	externalTaskId?: string;
	/** When the service created and last changed the task, in Unix milliseconds by its clock. */
	createdAt?: number;
	updatedAt?: number;
	/** The API's task object; untouched, except that the API key is hidden in it. */
	raw: JsonRecord;
}

/** The simplified output of a task: the API's own field names, flat. */
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

/** The IDs by which the caller knows a task; at least one should be given. */
export interface TaskIds {
	taskId?: string;
	externalTaskId?: string;
}

/**
 * Whether a task is the one that these IDs stand for.
 *
 * A matching ID of either kind is enough: a callback may carry Kling's task ID instead of the one
 * that CometAPI returned (docs/maintainers/service-notes.md#callbacks). Without a match, a
 * different external ID means no, and so does a different task ID if no external ID can be
 * compared.
 *
 * @returns `unknown` if the task carries nothing that could be compared
 */
export function belongsTo(task: KlingTask, ids: TaskIds): 'yes' | 'no' | 'unknown' {
	const { taskId, externalTaskId } = ids;
	if (taskId === task.id) return 'yes';
	if (externalTaskId === undefined) return taskId === undefined ? 'unknown' : 'no';
	if (task.externalTaskId === undefined) return task.id === externalTaskId ? 'yes' : 'unknown';
	return task.externalTaskId === externalTaskId ? 'yes' : 'no';
}

/** How long a finished task took by the service's own clock, in milliseconds, if that is known. */
export function taskDurationMs({ createdAt, updatedAt }: KlingTask): number | undefined {
	if (createdAt === undefined || updatedAt === undefined) return undefined;
	return updatedAt > createdAt ? updatedAt - createdAt : undefined;
}

/** The URL from which the result of this kind of task is downloaded, if there is one. */
export function resultUrl(task: KlingTask, family: ResultFamily): string | undefined {
	return filesOf(task, family).find((file) => file.url !== undefined)?.url;
}

/** Whether a successful task has a result (envelope E has none). */
export function hasResult(task: KlingTask, family: ResultFamily): boolean {
	return filesOf(task, family).some((file) => file.url !== undefined || file.id !== undefined);
}

/** The simplified output for a task of this kind. */
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
		created_at: isoTime(task.createdAt),
		updated_at: isoTime(task.updatedAt),
		final_unit_deduction: textOrNumber(task.raw.final_unit_deduction),
	});
}

function filesOf(task: KlingTask, family: ResultFamily): ResultFile[] {
	return { video: task.videos, audio: task.audios, image: task.images }[family];
}

function isoTime(unixMilliseconds: number | undefined): string | undefined {
	return unixMilliseconds === undefined ? undefined : new Date(unixMilliseconds).toISOString();
}

function textOrNumber(value: unknown): string | number | undefined {
	return typeof value === 'number' ? value : textOf(value);
}
