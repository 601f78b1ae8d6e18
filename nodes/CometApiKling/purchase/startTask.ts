import type { AvatarJob, Job, SpeechJob } from '../actions/job';
import { encodeBody } from '../kling/requestBody';
import { AVATAR_ROUTE, SPEECH_ROUTE } from '../kling/routes';
import type { KlingTask } from '../kling/task';
import type { PolledTask } from '../polling/pollTask';
import { prepareAudio } from './avatarAudio';
import { createTaskOnce, type CreatedTask } from './createTaskOnce';
import { createSpeechTask } from './createSpeechTask';
import type { Run } from './run';

/** A task that an item waits for. */
export interface StartedTask extends PolledTask {
	/** The task as CometAPI described it when it was created, if it did. */
	task?: KlingTask;
	/** To be called when the task has ended or is no longer waited for: releases its slot. */
	release: () => void;
	/** To be called when the task failed: no later try resumes it. */
	discard: () => void;
}

/**
 * Makes sure that the task of a job exists: creates it, or resumes the one that an earlier try created.
 *
 * @throws UserError if there is none, with all IDs that are known
 */
export async function startTask(run: Run, job: Job): Promise<StartedTask> {
	switch (job.kind) {
		case 'task':
			// Nothing is created, so there is no slot to release and nothing paid to discard.
			return {
				route: job.route,
				taskId: job.taskId,
				release: () => undefined,
				discard: () => undefined,
			};
		case 'speech':
			return await startSpeech(run, job);
		case 'avatar':
			return await startAvatar(run, job);
	}
}

async function startSpeech(run: Run, job: SpeechJob): Promise<StartedTask> {
	const created = await createSpeechTask(run, job, job.speech, job.requestHash, {
		externalTaskId: job.externalTaskId,
		callbackUrl: job.callbackUrl,
	});
	return { route: SPEECH_ROUTE, ...startedOf(created) };
}

async function startAvatar(run: Run, job: AvatarJob): Promise<StartedTask> {
	const { itemIndex, requestHash, image, prompt, mode } = job;
	const isCreated = run.ledger.find(itemIndex, 'avatar', requestHash)?.task_id !== undefined;
	const audio = isCreated ? undefined : await prepareAudio(run, job);
	const created = await createTaskOnce(run, {
		itemIndex,
		step: 'avatar',
		requestHash,
		route: AVATAR_ROUTE,
		externalTaskId: job.externalTaskId,
		isLarge: image.isLarge || (job.audio.kind === 'file' && job.audio.file.isLarge),
		body: async (externalTaskId) =>
			encodeBody({
				image: await image.load(),
				...(audio && { [audio.field]: await audio.load() }),
				prompt,
				mode,
				...(job.callbackUrl !== undefined && { callback_url: job.callbackUrl }),
				external_task_id: externalTaskId,
			}),
		maxQueueMs: job.limits.maxWaitMs,
	});
	const size = { kind: `avatar:${mode}`, audioSeconds: audio?.seconds };
	return { route: AVATAR_ROUTE, ...startedOf(created), size };
}

function startedOf(created: CreatedTask): Omit<StartedTask, 'route'> {
	return { ...created, release: created.slot.release, discard: created.book.delete };
}
