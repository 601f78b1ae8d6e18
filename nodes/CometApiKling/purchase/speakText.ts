import { SPEECH_ROUTE } from '../kling/routes';
import type { JobWait } from '../actions/job';
import { UserError } from '../kling/userError';
import type { Run } from './run';
import { waitFor } from '../polling/pollTask';
import type { SpeechParameters } from '../actions/shared/speech';
import { createSpeechTask, speechHash } from './createSpeechTask';
import type { ReadyVoice } from '../actions/avatar/audio';

/** Shorter speech cannot drive an avatar (API.md 2). */
const MIN_AUDIO_SECONDS = 2;

/** Speech ids up to this length are taken (API.md 2). */
const MAX_AUDIO_SECONDS = 60;

/**
 * Has the text spoken and gives its audio id. What an earlier try had spoken is used again.
 *
 * @throws UserError where there is no speech, or it is too short or too long for an avatar
 */
export async function speakForAvatar(
	run: Run,
	itemIndex: number,
	speech: SpeechParameters,
	wait: JobWait,
): Promise<ReadyVoice> {
	const hash = speechHash(speech);
	const known = run.ledger.find(itemIndex, 'speech', hash)?.audio_id;
	if (known !== undefined) return { field: 'audio_id', paid: 'speech', load: async () => known };

	const bought = await createSpeechTask(run, itemIndex, speech, wait);
	const started = { ...bought, release: bought.slot.release, discard: bought.discard };
	try {
		const answered = bought.task;
		const isReady = answered && (answered.state !== 'running' || answered.audios.length > 0);
		const task = isReady ? answered : await waitFor(run, { route: SPEECH_ROUTE }, started, wait);
		const audio = task.audios[0];
		if (task.state === 'failed') {
			bought.discard();
			throw unusable(
				task.id,
				`failed: ${task.statusMessage ?? 'no reason was given'}`,
				'Change the text or the voice.',
			);
		}
		if (audio?.id === undefined) {
			throw unusable(
				task.id,
				'has no audio ID',
				'Use Generate Speech with Simplify off, to see what CometAPI sends.',
			);
		}
		const seconds = audio.durationSeconds;
		if (seconds !== undefined && seconds < MIN_AUDIO_SECONDS) {
			throw unusable(
				task.id,
				`lasts ${seconds} seconds, and an avatar needs at least ${MIN_AUDIO_SECONDS}`,
				'Let the voice say more, or speak slower.',
			);
		}
		if (seconds !== undefined && seconds > MAX_AUDIO_SECONDS) {
			throw unusable(
				task.id,
				`lasts ${seconds} seconds, and an avatar takes at most ${MAX_AUDIO_SECONDS}`,
				'Shorten the text, or split it over several items.',
			);
		}
		const audioId = audio.id;
		bought.entry.audio_id = audioId;
		return { field: 'audio_id', paid: 'speech', seconds, load: async () => audioId };
	} finally {
		bought.slot.release();
	}
}

function unusable(taskId: string, what: string, advice: string): UserError {
	return new UserError(`The speech made of the Text ${what}`, {
		advice: `${advice} The avatar was not created; only the speech was paid.`,
		taskId,
	});
}
