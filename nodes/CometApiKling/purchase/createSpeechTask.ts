import { encodeBody } from '../kling/requestBody';
import { SPEECH_ROUTE } from '../kling/routes';
import type { JobWait } from '../actions/job';
import { payOnce, type Bought } from './createTaskOnce';
import type { Run } from './run';
import { requestHash } from '../actions/shared/mediaInput';
import type { SpeechForm } from '../actions/shared/speech';

/** What the API is asked to speak (API.md 4), without the external id. */
function speechFields(speech: SpeechForm): Record<string, string | number> {
	return {
		text: speech.text,
		voice_id: speech.voice.id,
		voice_language: speech.voice.language,
		voice_speed: speech.speed,
	};
}

/** Names the speech: the same text, voice and speed give the same hash. */
export function speechHash(speech: SpeechForm, externalTaskId?: string): string {
	return requestHash({ ...speechFields(speech), externalTaskId });
}

/**
 * Buys the speech, or takes up the one that an earlier try bought.
 *
 * @throws Problem where there is none
 */
export async function buySpeech(
	run: Run,
	itemIndex: number,
	speech: SpeechForm,
	wait: JobWait,
	options: { externalTaskId?: string; callbackUrl?: string } = {},
): Promise<Bought> {
	const fields = speechFields(speech);
	return await payOnce(run, {
		itemIndex,
		step: 'speech',
		requestHash: speechHash(speech, options.externalTaskId),
		route: SPEECH_ROUTE,
		externalTaskId: options.externalTaskId,
		isHeavy: false,
		body: async (externalTaskId) =>
			encodeBody({
				...fields,
				...(options.callbackUrl !== undefined && { callback_url: options.callbackUrl }),
				external_task_id: externalTaskId,
			}),
		maxQueueMs: wait.maxWaitMs,
	});
}
