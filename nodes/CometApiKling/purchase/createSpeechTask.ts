import { encodeBody } from '../kling/requestBody';
import { SPEECH_ROUTE } from '../kling/routes';
import type { JobWait } from '../actions/job';
import { createTaskOnce, type CreatedTask } from './createTaskOnce';
import type { Run } from './run';
import { requestHash } from '../actions/shared/mediaInput';
import type { SpeechParameters } from '../actions/shared/speech';

/** What the API is asked to speak (API.md 4), without the external id. */
function speechFields(speech: SpeechParameters): Record<string, string | number> {
	return {
		text: speech.text,
		voice_id: speech.voice.id,
		voice_language: speech.voice.language,
		voice_speed: speech.speed,
	};
}

/** Names the speech: the same text, voice and speed give the same hash. */
export function speechHash(speech: SpeechParameters, externalTaskId?: string): string {
	return requestHash({ ...speechFields(speech), externalTaskId });
}

/**
 * Buys the speech, or takes up the one that an earlier try bought.
 *
 * @throws UserError where there is none
 */
export async function createSpeechTask(
	run: Run,
	itemIndex: number,
	speech: SpeechParameters,
	wait: JobWait,
	options: { externalTaskId?: string; callbackUrl?: string } = {},
): Promise<CreatedTask> {
	const fields = speechFields(speech);
	return await createTaskOnce(run, {
		itemIndex,
		part: 'speech',
		requestHash: speechHash(speech, options.externalTaskId),
		route: SPEECH_ROUTE,
		externalTaskId: options.externalTaskId,
		bytes: 0,
		body: async (externalTaskId) =>
			encodeBody({
				...fields,
				...(options.callbackUrl !== undefined && { callback_url: options.callbackUrl }),
				external_task_id: externalTaskId,
			}),
		maxWaitMs: wait.maxWaitMs,
	});
}
