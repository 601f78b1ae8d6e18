import type { AvatarJob } from '../actions/job';
import type { SpeechParameters } from '../actions/shared/speech';
import { SPEECH_ROUTE } from '../kling/routes';
import { UserError } from '../kling/userError';
import { MEDIA_LIMITS } from '../media/limits';
import { waitForEnd } from '../polling/pollTask';
import { createSpeechTask } from './createSpeechTask';
import type { Run } from './run';

/** A field of the create request, and what goes into it. */
export interface PreparedAudio {
	field: 'audio_id' | 'sound_file';
	/** Length, if it is known. */
	seconds?: number;
	load(): Promise<string | Uint8Array>;
}

/** Speech of up to this length can drive an avatar (API.md 2). */
const MAX_SPEECH_SECONDS = 60;

/**
 * Gets an avatar's audio ready before the avatar is paid for: a text is spoken here, which costs money.
 *
 * @throws UserError if there is no speech, or it is too short or too long for an avatar
 */
export async function prepareAudio(run: Run, job: AvatarJob): Promise<PreparedAudio> {
	const { audio } = job;
	switch (audio.kind) {
		case 'audioId':
			return ofSpeech(audio.audioId);
		case 'file':
			return { field: 'sound_file', seconds: audio.file.facts?.seconds, load: audio.file.load };
		case 'text':
			return await speak(run, job, audio.speech, audio.requestHash);
	}
}

function ofSpeech(audioId: string, seconds?: number): PreparedAudio {
	return { field: 'audio_id', seconds, load: async () => audioId };
}

/** Has the text spoken. The speech of an earlier try is used again. */
async function speak(
	run: Run,
	job: AvatarJob,
	speech: SpeechParameters,
	requestHash: string,
): Promise<PreparedAudio> {
	const known = run.ledger.find(job.itemIndex, 'speech', requestHash)?.audio_id;
	if (known !== undefined) return ofSpeech(known);

	const created = await createSpeechTask(run, job, speech, requestHash);
	try {
		const response = created.task;
		const isReady = response && (response.state !== 'running' || response.audios.length > 0);
		const task = isReady
			? response
			: await waitForEnd(run, { route: SPEECH_ROUTE, ...created }, job.limits);
		if (task.state === 'failed') {
			created.book.delete();
			throw unusable(
				task.id,
				`failed: ${task.statusMessage ?? 'no reason was given'}`,
				'Change the text or the voice.',
			);
		}
		const audio = task.audios[0];
		if (audio?.id === undefined) {
			throw unusable(
				task.id,
				'has no audio ID',
				'Use Speech > Generate with Simplify off, to see what CometAPI sends.',
			);
		}
		const seconds = audio.durationSeconds;
		checkLength(task.id, seconds);
		const entry = created.book.read();
		if (entry) created.book.write({ ...entry, audio_id: audio.id });
		return ofSpeech(audio.id, seconds);
	} finally {
		created.slot.release();
	}
}

function checkLength(taskId: string, seconds: number | undefined): void {
	if (seconds === undefined) return;
	const { audioMinSeconds } = MEDIA_LIMITS;
	if (seconds < audioMinSeconds) {
		throw unusable(
			taskId,
			`lasts ${seconds} seconds, and an avatar needs at least ${audioMinSeconds}`,
			'Let the voice say more, or speak slower.',
		);
	}
	if (seconds > MAX_SPEECH_SECONDS) {
		throw unusable(
			taskId,
			`lasts ${seconds} seconds, and an avatar takes at most ${MAX_SPEECH_SECONDS}`,
			'Shorten the text, or split it over several items.',
		);
	}
}

function unusable(taskId: string, what: string, advice: string): UserError {
	return new UserError(`The speech made of the Text ${what}`, {
		advice: `${advice} The avatar was not created; only the speech was paid.`,
		taskId,
	});
}
