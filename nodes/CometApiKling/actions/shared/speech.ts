import type { INodeProperties } from 'n8n-workflow';

import {
	DEFAULT_VOICE,
	LANGUAGE_NAMES,
	otherLanguageOf,
	parseVoice,
	type KlingVoice,
} from '../../kling/voices';
import type { VoicePace } from '../../talk/estimate';
import { invalidParameter } from '../invalidParameter';
import type { ParameterReader } from '../parameterReader';
import { refuseTemplateLeftovers } from './linkInput';
import { identifyRequest, type RequestIdentity } from './requestIdentity';

/** The maximum text length of Kling TTS (docs/maintainers/service-notes.md#speech). */
const MAX_TEXT_CHARACTERS = 1000;

/** The parameters that decide what is spoken, and how. */
export const SPEECH_PARAMETERS = ['text', 'voice', 'voiceSpeed'];

/** What is spoken, and how. */
export interface SpeechParameters {
	text: string;
	voice: KlingVoice;
	speed: number;
}

/** How fast the voice speaks, for estimates. */
export function paceOf({ voice, speed }: SpeechParameters): VoicePace {
	return { language: voice.language, speed };
}

/** The fields for a text that Kling TTS is to speak. */
export const speechProperties: INodeProperties[] = [
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		required: true,
		default: '',
		placeholder: 'e.g. Welcome to our show!',
		description:
			'The words to speak, exactly as they should be said, without stage directions or markup. Up to 1,000 characters. For an avatar, the speech must be 2 to 60 seconds long. 60 seconds are about 850 English or 250 Chinese characters.',
	},
	{
		displayName: 'Voice',
		name: 'voice',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: DEFAULT_VOICE, cachedResultName: 'Lore · English' },
		description: 'The voice to use. Each voice in the list speaks one language.',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchVoices', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. en:calm_story1',
				hint: 'Language and voice ID, for example zh:genshin_kirara. The default language is English.',
			},
		],
	},
	{
		displayName: 'Voice Speed',
		name: 'voiceSpeed',
		type: 'number',
		typeOptions: { minValue: 0.8, maxValue: 2, numberPrecision: 1 },
		default: 1,
		description: 'How fast the voice speaks, from 0.8 to 2.0',
	},
];

/** How long a text may be. */
interface TextLimit {
	/** Exceeds the limit of Kling TTS if a long text is split. */
	maxCharacters?: number;
	/** What the user can do about a longer text. */
	advice?: string;
}

/**
 * Reads and checks the speech parameters.
 *
 * @throws UserError that names the parameter
 */
export function readSpeech(
	parameters: ParameterReader,
	{
		maxCharacters = MAX_TEXT_CHARACTERS,
		advice = 'Shorten it, or split it across several items.',
	}: TextLimit = {},
): SpeechParameters {
	const text = parameters.requiredText('text', 'Text', '"Welcome to our show!"');
	refuseTemplateLeftovers(text, 'Text');
	const length = [...text].length;
	if (length > maxCharacters) {
		throw invalidParameter(
			'Text',
			`has ${length} characters, and the limit is ${maxCharacters}`,
			advice,
		);
	}
	if (!/[\p{L}\p{N}]/u.test(text)) {
		throw invalidParameter(
			'Text',
			'contains no letters or digits to speak',
			'Enter words for the voice to say.',
		);
	}
	const voiceText = parameters.requiredLocator('voice', 'Voice', 'en:calm_story1');
	const voice = parseVoice(voiceText);
	if (!voice) {
		throw invalidParameter(
			'Voice',
			'is not a valid voice ID',
			'Choose a voice from the list, or enter en: or zh: and the ID, for example en:calm_story1.',
		);
	}
	const other = otherLanguageOf(voice);
	if (other) {
		throw invalidParameter(
			'Voice',
			`is ${voice.id}, which does not speak ${LANGUAGE_NAMES[voice.language]}`,
			`Enter ${other}:${voice.id} for ${LANGUAGE_NAMES[other]}, or choose another voice.`,
		);
	}
	const speed = parameters.number('voiceSpeed', 'Voice Speed', { min: 0.8, max: 2, decimals: 1 });
	return { text, voice, speed };
}

/** Identifies the request for the speech of one item. */
export function identifySpeech(
	parameters: ParameterReader,
	speech: SpeechParameters,
	externalTaskId?: string,
): RequestIdentity {
	const names = { parameters: SPEECH_PARAMETERS, options: ['externalTaskId'] };
	return identifyRequest(parameters, names, [], [speech, externalTaskId]);
}
