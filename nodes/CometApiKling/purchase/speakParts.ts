import type { AvatarAudio, AvatarJob } from '../actions/job';
import { paceOf } from '../actions/shared/speech';
import { MEDIA_LIMITS } from '../media/limits';
import { splitAgain, splitText } from '../talk/splitText';
import { forEachPart } from './forEachPart';
import type { Run } from './run';
import { speakText, speechError, type Spoken } from './speakText';

/** Speech of this length can drive an avatar. */
const { audioMinSeconds: MIN_SPEECH_SECONDS, audioSafeSeconds: MAX_SPEECH_SECONDS } = MEDIA_LIMITS;

type SpokenAudio = Extract<AvatarAudio, { kind: 'text' }>;

/**
 * Generates the speech of an avatar's text: as a whole, or in parts if it is to be split. A part
 * whose speech turns out too long is split again, and only its own parts are spoken again.
 *
 * @returns the speech of each clip, in the order of the text
 * @throws UserError if there is no speech, or if it is too short or too long for an avatar
 */
export async function speakParts(
	run: Run,
	job: AvatarJob,
	{ speech, identity, ...rest }: SpokenAudio,
): Promise<Spoken[]> {
	const text = run.ledger.firstText(job.itemIndex, identity.hash, speech.text);
	const audio = { ...rest, identity, speech: { ...speech, text } };
	const parts = audio.split ? splitText(audio.speech.text, paceOf(audio.speech)) : [];
	if (parts.length <= 1) return await speakPart(run, job, audio, audio.speech.text, '');
	const spoken = await forEachPart(
		run,
		job.itemIndex,
		parts,
		async (text, partRun, index) => await speakPart(partRun, job, audio, text, String(index + 1)),
		{ noun: 'Part', textOf: (text) => text },
	);
	return spoken.flat();
}

/** @param number the part's position in the text, for example `2.1`; empty for the whole text */
async function speakPart(
	run: Run,
	job: AvatarJob,
	audio: SpokenAudio,
	text: string,
	number: string,
): Promise<Spoken[]> {
	const speech = { ...audio.speech, text };
	const spoken = await speakText(run, job, speech, audio.identity, number);
	const { seconds, taskId } = spoken;
	if (seconds === undefined) return [spoken];
	if (seconds < MIN_SPEECH_SECONDS) {
		throw speechError(
			taskId,
			`lasts ${seconds} seconds, but an avatar needs at least ${MIN_SPEECH_SECONDS} seconds`,
			"Make the text longer, or lower the 'Voice Speed'.",
		);
	}
	if (seconds <= MAX_SPEECH_SECONDS) return [spoken];
	const smaller = audio.split ? splitAgain(text, seconds, paceOf(audio.speech)) : [];
	if (smaller.length <= 1) {
		throw speechError(
			taskId,
			`lasts ${seconds} seconds, but an avatar can use at most ${MAX_SPEECH_SECONDS} seconds`,
			audio.split
				? 'Make the text shorter.'
				: "Make the text shorter, or set 'If Text Is Too Long' to 'Split and Join'.",
		);
	}
	const base = number === '' ? '1' : number;
	const again = await forEachPart(
		run,
		job.itemIndex,
		smaller,
		async (smallerText, partRun, index) =>
			await speakPart(partRun, job, audio, smallerText, `${base}.${index + 1}`),
	);
	return again.flat();
}
