import type { IDataObject } from 'n8n-workflow';

import { simplifyTask, type KlingTask } from '../kling/task';
import { withoutUndefined } from '../kling/json';
import { captionsSrt } from '../talk/srt';
import { toDataObject } from './dataObject';
import type { Delivery, EndedTask, SpokenText } from './delivery';

/** The fields of one task. */
function taskJson(delivery: Pick<Delivery, 'simplify' | 'route'>, task: KlingTask): IDataObject {
	return delivery.simplify ? { ...simplifyTask(task, delivery.route) } : rawJson(task);
}

/**
 * The task object of the API. Its own `error` field is renamed: n8n treats an item with that
 * field as a failed node, and Retry On Fail would run the node again
 * (docs/maintainers/n8n-notes.md#waiting-and-resuming).
 */
function rawJson(task: KlingTask): IDataObject {
	const { error, ...rest } = toDataObject(task.raw);
	return error === undefined ? rest : { ...rest, task_error: error };
}

/**
 * The fields of an item: those of its task, or of the first task plus the list of all clips.
 *
 * @param clipSeconds how long each clip is in the joined video; left out if there is none
 */
export function itemJson(
	delivery: Delivery,
	ended: EndedTask[],
	clipSeconds: number[] = [],
): IDataObject {
	const [first] = ended;
	if (!first) throw new RangeError('An item has at least one task.');
	const json =
		ended.length === 1 ? taskJson(delivery, first.task) : talkJson(delivery, ended, first.task);
	return {
		...json,
		...captionsJson(delivery, ended, clipSeconds),
		...(ended.every(({ reused }) => reused) && { reused: true }),
	};
}

/**
 * `task_id` is that of the first clip, `video_duration` covers all clips, and `video_url` is left
 * out.
 */
function talkJson(delivery: Delivery, ended: EndedTask[], first: KlingTask): IDataObject {
	const clips = ended.map((clip) => clipJson(delivery, clip));
	if (!delivery.simplify) return { task_id: first.id, clips };
	const fields = simplifyTask(first, delivery.route);
	delete fields.video_url;
	delete fields.video_id;
	const tasks = ended.map(({ task }) => task);
	const status = tasks.find(({ state }) => state !== 'succeeded') ?? first;
	const seconds = sum(tasks.map((task) => task.videos[0]?.durationSeconds));
	return {
		...fields,
		task_status: status.status,
		...(status.statusMessage !== undefined && { task_status_msg: status.statusMessage }),
		...(seconds !== undefined && { video_duration: seconds }),
		clips,
	};
}

function clipJson(
	delivery: Pick<Delivery, 'simplify' | 'route'>,
	{ task, speech }: Pick<EndedTask, 'task' | 'speech'>,
): IDataObject {
	if (!delivery.simplify) return rawJson(task);
	const { task_id, task_status, task_status_msg, external_task_id, video_url, video_duration } =
		simplifyTask(task, delivery.route);
	return withoutUndefined({
		task_id,
		external_task_id,
		...speechJson(speech),
		video_url,
		video_duration,
		task_status,
		task_status_msg,
	});
}

function speechJson(speech: SpokenText | undefined): IDataObject {
	return withoutUndefined({
		audio_id: speech?.audioId,
		text: speech?.text,
		audio_duration: speech?.seconds,
	});
}

/** A task that is still running, and what is known about it. */
export interface UnfinishedTask {
	taskId: string;
	externalTaskId?: string;
	/** The task as CometAPI last described it, if it did. */
	task?: KlingTask;
	speech?: SpokenText;
}

/** The fields of an item whose tasks are no longer awaited: all IDs, and what else is known. */
export function unfinishedJson(
	delivery: Pick<Delivery, 'simplify' | 'route'>,
	tasks: UnfinishedTask[],
): IDataObject {
	const idsOf = ({ taskId, externalTaskId }: UnfinishedTask): IDataObject =>
		withoutUndefined({ task_id: taskId, external_task_id: externalTaskId });
	const [first] = tasks;
	if (!first) throw new RangeError('An item has at least one task.');
	const fields = first.task
		? taskJson(delivery, first.task)
		: { ...idsOf(first), task_type: delivery.route.type };
	if (tasks.length === 1) return fields;
	const clips = tasks.map((clip) =>
		clip.task
			? clipJson(delivery, { task: clip.task, speech: clip.speech })
			: { ...idsOf(clip), ...speechJson(clip.speech) },
	);
	return { ...(delivery.simplify ? fields : idsOf(first)), clips };
}

/**
 * Captions follow each clip's length in the joined video, or else that of its own video or speech.
 */
function captionsJson(delivery: Delivery, ended: EndedTask[], clipSeconds: number[]): IDataObject {
	if (delivery.captions === undefined) return {};
	const clips = ended.map(({ task, speech }, index) => ({
		text: speech?.text ?? '',
		seconds: clipSeconds[index] ?? task.videos[0]?.durationSeconds ?? speech?.seconds ?? 0,
	}));
	const areKnown = clips.every(({ text, seconds }) => text !== '' && seconds > 0);
	return areKnown ? { captions_srt: captionsSrt(clips, delivery.captions) } : {};
}

/** Adds up lengths, rounded to the millisecond; `undefined` if one of them is not known. */
function sum(lengths: Array<number | undefined>): number | undefined {
	let total = 0;
	for (const seconds of lengths) {
		if (seconds === undefined) return undefined;
		total += seconds;
	}
	return Math.round(total * 1000) / 1000;
}
