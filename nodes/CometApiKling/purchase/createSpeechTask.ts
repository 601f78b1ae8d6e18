import type { PaidJob } from '../actions/job';
import type { SpeechParameters } from '../actions/shared/speech';
import { encodeBody } from '../kling/requestBody';
import { SPEECH_ROUTE } from '../kling/routes';
import { createTaskOnce, type CreatedTask } from './createTaskOnce';
import type { Run } from './run';

/**
 * Has a text spoken by Kling TTS, or resumes the task of an earlier try (API.md 4).
 *
 * @param requestHash names the purchase: the same text, voice and speed of the same item
 * @throws UserError if there is no task
 */
export async function createSpeechTask(
	run: Run,
	job: PaidJob,
	speech: SpeechParameters,
	requestHash: string,
	options: { externalTaskId?: string; callbackUrl?: string } = {},
): Promise<CreatedTask> {
	return await createTaskOnce(run, {
		itemIndex: job.itemIndex,
		step: 'speech',
		requestHash,
		route: SPEECH_ROUTE,
		externalTaskId: options.externalTaskId,
		isLarge: false,
		body: async (externalTaskId) =>
			encodeBody({
				text: speech.text,
				voice_id: speech.voice.id,
				voice_language: speech.voice.language,
				voice_speed: speech.speed,
				...(options.callbackUrl !== undefined && { callback_url: options.callbackUrl }),
				external_task_id: externalTaskId,
			}),
		maxQueueMs: job.limits.maxWaitMs,
	});
}
