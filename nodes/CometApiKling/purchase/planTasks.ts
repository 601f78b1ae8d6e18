import type { AvatarJob, Job, SpeechJob } from '../actions/job';
import { encodeBody } from '../kling/requestBody';
import { AVATAR_ROUTE } from '../kling/routes';
import { createTaskOnce, type StartedTask } from './createTaskOnce';
import { createSpeechTask } from './createSpeechTask';
import type { Run } from './run';
import { speakParts } from './speakParts';
import type { Spoken } from './speakText';

/** A task that an item needs. Most items need one; a long text needs one for each clip. */
export interface PlannedTask {
	/** The speech in it, if it was made from a text. */
	speech?: Spoken;
	/**
	 * Makes sure that the task exists: creates it, or resumes the one that an earlier try created.
	 *
	 * @throws UserError if there is none, with all IDs that are known
	 */
	start(run: Run): Promise<StartedTask>;
}

/**
 * Plans an item's tasks. A text is spoken here, which costs money; nothing else is paid for yet.
 *
 * @throws UserError if the text cannot be spoken, or if the total audio is longer than allowed
 */
export async function planTasks(run: Run, job: Job): Promise<PlannedTask[]> {
	switch (job.kind) {
		case 'task':
			return [{ start: async () => existingTask(job.route, job.taskId) }];
		case 'speech':
			return [{ start: async (current) => await startSpeech(current, job) }];
		case 'avatar':
			return await planClips(run, job);
	}
}

/** Nothing is created, so there is no slot to release and nothing paid to discard. */
function existingTask(route: Job['route'], taskId: string): StartedTask {
	return {
		route,
		taskId,
		reused: false,
		release: () => undefined,
		discard: () => undefined,
	};
}

async function startSpeech(run: Run, job: SpeechJob): Promise<StartedTask> {
	const { speech, identity, externalTaskId, callbackUrl } = job;
	const options = { externalTaskId, callbackUrl };
	return await createSpeechTask(run, job, speech, identity, 'speech', options);
}

async function planClips(run: Run, job: AvatarJob): Promise<PlannedTask[]> {
	return await prepareClips(run, job).catch((error: unknown) => {
		run.audioLimit?.withdraw(job.itemIndex);
		throw error;
	});
}

async function prepareClips(run: Run, job: AvatarJob): Promise<PlannedTask[]> {
	const { audio, itemIndex } = job;
	if (audio.kind === 'text') {
		const spoken = await speakParts(run, job, audio);
		await run.audioLimit?.confirm(itemIndex, totalSeconds(spoken));
		return spoken.map((speech, index) => ({
			speech,
			start: async (current) => {
				const sound = { field: 'audio_id' as const, load: async () => speech.audioId };
				return await startAvatar(current, job, sound, { speech, isFirst: index === 0 });
			},
		}));
	}
	const seconds = audio.kind === 'file' ? audio.file.facts?.seconds : undefined;
	await run.audioLimit?.confirm(itemIndex, seconds);
	const sound =
		audio.kind === 'audioId'
			? { field: 'audio_id' as const, load: async () => audio.audioId }
			: { field: 'sound_file' as const, load: audio.file.load };
	return [{ start: async (current) => await startAvatar(current, job, sound, { seconds }) }];
}

/** `undefined` if one of the lengths is not known. */
function totalSeconds(spoken: Spoken[]): number | undefined {
	return spoken.reduce<number | undefined>(
		(sum, { seconds }) => (sum === undefined || seconds === undefined ? undefined : sum + seconds),
		0,
	);
}

/** A field of the create request and its value. */
interface Sound {
	field: 'audio_id' | 'sound_file';
	load(): Promise<string | Uint8Array>;
}

async function startAvatar(
	run: Run,
	job: AvatarJob,
	sound: Sound,
	{ speech, seconds, isFirst = true }: { speech?: Spoken; seconds?: number; isFirst?: boolean },
): Promise<StartedTask> {
	const { itemIndex, identity, image, audio, prompt, mode } = job;
	const created = await createTaskOnce(run, {
		itemIndex,
		part: speech && speech.number !== '' ? `avatar:${speech.number}` : 'avatar',
		identity,
		reuse: job.reuseInEditor,
		route: AVATAR_ROUTE,
		// An external ID belongs to one task, so the other clips get generated ones.
		externalTaskId: isFirst ? job.externalTaskId : undefined,
		needsSpeech: audio.kind === 'text',
		bytes: image.bytes + (audio.kind === 'file' ? audio.file.bytes : 0),
		body: async (externalTaskId) =>
			encodeBody({
				image: await image.load(),
				[sound.field]: await sound.load(),
				prompt,
				mode,
				...(job.callbackUrl !== undefined && { callback_url: job.callbackUrl }),
				external_task_id: externalTaskId,
			}),
		maxWaitMs: job.limits.maxWaitMs,
	});
	const size = { kind: `avatar:${mode}`, audioSeconds: speech?.seconds ?? seconds };
	return { ...created, size };
}
