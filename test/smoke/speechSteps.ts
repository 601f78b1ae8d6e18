import { SPEECH_ROUTE } from '../../nodes/CometApiKling/kling/routes';
import { buy, inWords, seeItEnd } from './buy';
import { SmokeStop } from './findings';
import type { Smoke } from './smoke';

/**
 * About three seconds: an avatar needs two
 * (docs/maintainers/service-notes.md#create-an-avatar-task).
 */
const TEXT = 'Hello! This short clip is a test of the avatar node.';

/**
 * Shorter speech cannot drive an avatar (docs/maintainers/service-notes.md#create-an-avatar-task).
 */
const MIN_SECONDS = 2;

/** The speech that was created. */
export interface Speech {
	audioId: string;
	/** In seconds, if the service returned it. */
	seconds?: number;
	/** `final_unit_deduction`, if the service returned it. */
	price?: string;
}

/**
 * Creates the speech.
 *
 * @throws SmokeStop if there is no speech that an avatar can use
 */
export async function checkSpeech(smoke: Smoke): Promise<Speech> {
	const fields = { text: TEXT, voice_id: 'calm_story1', voice_language: 'en', voice_speed: 1 };
	const bought = await buy(smoke, SPEECH_ROUTE, fields, `${smoke.runId}-speech`);
	if (bought.kind === 'refused') {
		throw new SmokeStop(`The speech was rejected: ${inWords(bought.fault)}. Nothing was charged.`);
	}
	const isImmediate = bought.task.audios.length > 0;
	const task = isImmediate ? bought.task : await seeItEnd(smoke, SPEECH_ROUTE, bought.task);
	const [audio] = task.audios;
	smoke.findings.note(
		'speechShape',
		`The result arrived ${isImmediate ? 'with the response' : 'by polling the task'}; its status is “${task.status}”, it has ${audio?.id === undefined ? 'no audio ID' : 'an audio ID'} and ${audio?.durationSeconds === undefined ? 'no length' : `a length of ${audio.durationSeconds} s`}. The shapes are below.`,
	);
	if (audio?.id === undefined) throw new SmokeStop(`Speech ${task.id} has no audio ID.`);
	const seconds = audio.durationSeconds;
	if (seconds !== undefined && seconds < MIN_SECONDS) {
		throw new SmokeStop(
			`Speech ${task.id} is ${seconds} s long, which is too short for an avatar.`,
		);
	}
	return { audioId: audio.id, seconds, price: priceOf(task.raw) };
}

/** The price of a task in the service's own units, as text. */
export function priceOf(raw: Record<string, unknown>): string | undefined {
	const price = raw.final_unit_deduction;
	return typeof price === 'string' || typeof price === 'number' ? String(price) : undefined;
}
