import { checkAudio } from '../../media/audio/checkAudio';
import { wrapRawPcm } from '../../media/audio/rawPcm';
import { MEDIA_LIMITS } from '../../media/limits';
import { MAX_LONG_TEXT_CHARACTERS } from '../../talk/splitText';
import type { AvatarAudio } from '../job';
import { invalidParameter } from '../invalidParameter';
import type { ParameterReader } from '../parameterReader';
import { urlInput } from '../shared/linkInput';
import { base64Input, binaryInput } from '../shared/mediaInput';
import { identifySpeech, readSpeech } from '../shared/speech';

/** IDs are short words; anything with a slash or a space is not an ID. */
const AUDIO_ID = /^[A-Za-z0-9._:-]{1,200}$/;

/**
 * Reads and checks the audio of one item.
 *
 * @param validate whether to check the format and length of a file, too
 * @throws UserError that names the parameter
 */
export async function readAudioSource(
	parameters: ParameterReader,
	validate: boolean,
): Promise<AvatarAudio> {
	const limits = { maxBytes: MEDIA_LIMITS.audioMaxBytes, ...(validate && { check: checkAudio }) };
	switch (
		parameters.choice('audioSource', 'Audio Source', ['text', 'audioId', 'binary', 'url', 'base64'])
	) {
		case 'audioId':
			return { kind: 'audioId', audioId: readAudioId(parameters) };
		case 'text': {
			const longText = parameters.optionalChoice('longText', 'If Text Is Too Long', 'stop', [
				'stop',
				'split',
			]);
			const split = longText === 'split';
			const limit = split
				? { maxCharacters: MAX_LONG_TEXT_CHARACTERS }
				: { advice: "Shorten it, or set 'If Text Is Too Long' to 'Split and Join'." };
			const speech = readSpeech(parameters, limit);
			return { kind: 'text', speech, split, identity: identifySpeech(parameters, speech) };
		}
		case 'binary': {
			const label = 'Audio Input Binary Field';
			const file = await binaryInput(parameters, 'audioBinaryPropertyName', label, {
				...limits,
				// Speech APIs such as Gemini's return raw samples without a file header.
				convert: wrapRawPcm,
			});
			return { kind: 'file', file };
		}
		case 'url':
			return { kind: 'file', file: urlInput(parameters, 'audioUrl', 'Audio URL') };
		case 'base64': {
			const file = await base64Input(parameters, 'audioBase64', 'Audio Base64', {
				...(validate && { check: (bytes) => checkAudio(bytes, 'base64') }),
				convert: wrapRawPcm,
			});
			return { kind: 'file', file };
		}
	}
}

function readAudioId(parameters: ParameterReader): string {
	const id = parameters.requiredText('audioId', 'Audio ID', '{{ $json.audio_id }}');
	if (AUDIO_ID.test(id)) return id;
	throw invalidParameter(
		'Audio ID',
		'is not a valid audio ID',
		"Enter the audio_id from the output of Speech > Generate. To use a URL or a file, choose a different 'Audio Source'.",
	);
}
