import type { PaidJob } from '../actions/job';
import type { RequestIdentity } from '../actions/shared/requestIdentity';
import type { SpeechParameters } from '../actions/shared/speech';
import { encodeBody } from '../kling/requestBody';
import { SPEECH_ROUTE } from '../kling/routes';
import { createTaskOnce, type CreatedTask } from './createTaskOnce';
import type { PaidPart } from './ledger/ledger';
import type { Run } from './run';

/**
 * Creates a speech task for a text, or resumes the task of an earlier try
 * (docs/maintainers/service-notes.md#speech).
 *
 * @param identity identifies the request: the same text, voice and speed of the same item
 * @param part which of the item's speech parts this is
 * @throws UserError if there is no task
 */
export async function createSpeechTask(
	run: Run,
	job: PaidJob,
	speech: SpeechParameters,
	identity: RequestIdentity,
	part: PaidPart,
	options: { externalTaskId?: string; callbackUrl?: string } = {},
): Promise<CreatedTask> {
	return await createTaskOnce(run, {
		itemIndex: job.itemIndex,
		part,
		identity,
		reuse: job.reuseInEditor,
		route: SPEECH_ROUTE,
		externalTaskId: options.externalTaskId,
		needsSpeech: job.kind === 'avatar',
		bytes: 0,
		body: async (externalTaskId) =>
			encodeBody({
				text: speech.text,
				voice_id: speech.voice.id,
				voice_language: speech.voice.language,
				voice_speed: speech.speed,
				...(options.callbackUrl !== undefined && { callback_url: options.callbackUrl }),
				external_task_id: externalTaskId,
			}),
		maxWaitMs: job.limits.maxWaitMs,
	});
}
