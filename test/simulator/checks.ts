import type { MediaFile } from './filming';
import { imageOf, soundOf, type MediaDesk } from './mediaChecks';
import { badParameter, VoiceRefusal } from './refusal';
import type { TaskStore } from './taskStore';
import { VOICES } from './voices';

export type Body = Record<string, unknown>;

/** Limits of docs/maintainers/service-notes.md#create-an-avatar-task and #speech. */
const MAX_PROMPT_CHARACTERS = 2500;
const MAX_TEXT_CHARACTERS = 1000;
const MIN_SPEED = 0.8;
const MAX_SPEED = 2;
const MIN_SPOKEN_SECONDS = 2;
const MAX_SPOKEN_SECONDS = 60;

const COMMON_FIELDS = ['callback_url', 'external_task_id'];

/** The fields that the service knows; other fields indicate a mistake in the client. */
export const AVATAR_FIELDS = new Set([
	...['image', 'audio_id', 'sound_file', 'prompt', 'mode'],
	...COMMON_FIELDS,
]);
export const SPEECH_FIELDS = new Set([
	...['text', 'voice_id', 'voice_language', 'voice_speed'],
	...COMMON_FIELDS,
]);

/**
 * Checks everything that the avatar route requires of a request
 * (docs/maintainers/service-notes.md#create-an-avatar-task), including its files.
 *
 * @throws Refusal
 */
export async function checkAvatar(
	body: Body,
	desk: MediaDesk,
	spoken: ReadonlyMap<string, MediaFile>,
): Promise<{ image: string; audio: string }> {
	const { prompt, mode = 'std', audio_id: audioId, sound_file: soundFile } = body;
	checkText(prompt, 'prompt', MAX_PROMPT_CHARACTERS);
	if (mode !== 'std' && mode !== 'pro') throw badParameter('mode must be std or pro');
	if ((audioId === undefined) === (soundFile === undefined))
		throw badParameter('exactly one of audio_id and sound_file is required');
	const image = await imageOf(body.image, desk);
	if (audioId === undefined) return { image, audio: await soundOf(soundFile, desk) };
	const speech = typeof audioId === 'string' ? spoken.get(audioId) : undefined;
	if (!speech) throw badParameter('audio_id not found or expired');
	if (speech.seconds < MIN_SPOKEN_SECONDS || speech.seconds > MAX_SPOKEN_SECONDS)
		throw badParameter('the audio of audio_id must last 2 to 60 seconds');
	return { image, audio: speech.file };
}

/**
 * Checks everything that the speech route requires of a request
 * (docs/maintainers/service-notes.md#speech).
 *
 * @throws Refusal
 */
export function checkSpeech(body: Body): { text: string; speed: number } {
	const { voice_id: voice, voice_language: language, voice_speed: speed = 1 } = body;
	const text = checkText(body.text, 'text', MAX_TEXT_CHARACTERS);
	if (language !== 'zh' && language !== 'en') throw badParameter('voice_language must be zh or en');
	if (typeof speed !== 'number' || speed < MIN_SPEED || speed > MAX_SPEED)
		throw badParameter('voice_speed must be 0.8 to 2.0');
	if (Number(speed.toFixed(1)) !== speed)
		throw badParameter('voice_speed takes one decimal at most');
	if (typeof voice !== 'string' || !VOICES[language].has(voice)) throw new VoiceRefusal();
	return { text, speed };
}

/**
 * The optional fields of both routes: an external ID that is unique in the account, and a callback.
 *
 * @throws Refusal
 */
export function checkCommon(
	body: Body,
	store: TaskStore,
	idsAreUnique = true,
): { externalTaskId?: string; callbackUrl?: string } {
	const externalTaskId = optionalText(body.external_task_id, 'external_task_id');
	const callbackUrl = optionalText(body.callback_url, 'callback_url');
	if (callbackUrl !== undefined && !/^https?:\/\/./.test(callbackUrl))
		throw badParameter('callback_url must be an http(s) url');
	if (idsAreUnique && externalTaskId !== undefined && store.findByExternalId(externalTaskId))
		throw badParameter(`external_task_id ${externalTaskId} already exists (duplicate)`);
	return { externalTaskId, callbackUrl };
}

function checkText(value: unknown, field: string, maxCharacters: number): string {
	if (typeof value !== 'string' || value === '') throw badParameter(`${field} is required`);
	if ([...value].length > maxCharacters)
		throw badParameter(`${field} is longer than ${maxCharacters} characters`);
	return value;
}

function optionalText(value: unknown, field: string): string | undefined {
	if (value === undefined) return undefined;
	if (typeof value !== 'string' || value === '')
		throw badParameter(`${field} must be a non-empty string`);
	return value;
}
