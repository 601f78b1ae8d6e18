import type { AvatarJob } from '../actions/job';
import type { RequestIdentity } from '../actions/shared/requestIdentity';
import type { SpeechParameters } from '../actions/shared/speech';
import { UserError } from '../kling/errors/userError';
import { waitForEnd } from '../polling/pollTask';
import { createSpeechTask } from './createSpeechTask';
import type { Run } from './run';

/** Speech that Kling TTS has generated from a text. */
export interface Spoken {
	text: string;
	/** The position of the part in a split text, for example `2.1`; empty for a whole text. */
	number: string;
	audioId: string;
	/** Length in seconds, if CometAPI returned it. */
	seconds?: number;
	/** The task of the speech, for errors. */
	taskId?: string;
}

/**
 * Generates the speech of a text and waits for it. The speech of an earlier try is reused.
 *
 * @throws UserError if there is no speech
 */
export async function speakText(
	run: Run,
	job: AvatarJob,
	speech: SpeechParameters,
	identity: RequestIdentity,
	number: string,
): Promise<Spoken> {
	const part = number === '' ? 'speech' : (`speech:${number}` as const);
	const known = run.ledger.find(job.itemIndex, part, identity.hash);
	if (known?.audio_id !== undefined) {
		const { audio_id: audioId, seconds, task_id: taskId } = known;
		return { text: speech.text, number, audioId, seconds, taskId };
	}
	const created = await createSpeechTask(run, job, speech, identity, part);
	try {
		const response = created.task;
		const isReady = response && (response.state !== 'running' || response.audios.length > 0);
		const task = isReady ? response : await waitForEnd(run, created, job.limits);
		if (task.state === 'failed') {
			created.discard();
			throw speechError(
				task.id,
				`failed: ${task.statusMessage ?? 'no reason was given'}`,
				'Change the text or the voice.',
			);
		}
		const audio = task.audios[0];
		if (audio?.id === undefined) {
			throw speechError(
				task.id,
				'has no audio ID',
				"Run Speech > Generate with 'Simplify' turned off to see what CometAPI returns.",
			);
		}
		created.recordSpeech(audio.id, audio.durationSeconds);
		return {
			text: speech.text,
			number,
			audioId: audio.id,
			seconds: audio.durationSeconds,
			taskId: task.id,
		};
	} finally {
		created.release();
	}
}

/** The error for unusable speech; the avatar was not paid for. */
export function speechError(taskId: string | undefined, what: string, advice: string): UserError {
	return new UserError(`The speech generated from 'Text' ${what}`, {
		advice: `${advice} The avatar video was not created. Only the speech was charged.`,
		taskId,
	});
}
