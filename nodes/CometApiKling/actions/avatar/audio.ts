import { checkAudio, type AudioFacts } from '../../media/audio';
import { MEDIA_LIMITS } from '../../media/limits';
import type { JobWait } from '../job';
import type { Run } from '../../purchase/run';
import { invalidParameter, type ParameterReader } from '../parameterReader';
import { base64Input, binaryInput, urlInput, type MediaInput } from '../shared/mediaInput';
import { readSpeech } from '../shared/speech';
import { speechHash } from '../../purchase/createSpeechTask';
import type { Surroundings } from '../surroundings';
import { speakForAvatar } from '../../purchase/speakText';

/** What drives the avatar's lips, checked but not yet read or bought. */
export interface AvatarVoice {
	/** Names the content, for the request's hash. */
	fingerprint: string;
	/** How many bytes are sent with the request. */
	bytes: number;
	/** What may go wrong with it all the same, in full sentences. */
	hint?: string;
	/**
	 * Gets the voice ready before the avatar is paid; a text is spoken here, which costs money.
	 *
	 * @throws UserError where it cannot be spoken
	 */
	prepare(run: Run): Promise<ReadyVoice>;
}

/** A field of the request and what goes into it. */
export interface ReadyVoice {
	field: 'audio_id' | 'sound_file';
	seconds?: number;
	/** What was paid to get it ready. */
	paid?: 'speech';
	load(): Promise<string | Uint8Array>;
}

/** Ids are short words; anything with a slash or a space was pasted from elsewhere. */
const AUDIO_ID = /^[A-Za-z0-9._:-]{1,200}$/;

/**
 * Reads and checks the voice of one item.
 *
 * @param validate whether the format and length of a file are checked too
 * @throws UserError that names the parameter
 */
export async function readVoice(
	parameters: ParameterReader,
	surroundings: Surroundings,
	validate: boolean,
	wait: JobWait,
): Promise<AvatarVoice> {
	const limits = { maxBytes: MEDIA_LIMITS.audioMaxBytes, ...(validate && { check: checkAudio }) };
	switch (
		parameters.choice('audioSource', 'Audio Source', ['audioId', 'text', 'binary', 'url', 'base64'])
	) {
		case 'audioId':
			return readAudioId(parameters);
		case 'text': {
			const speech = readSpeech(parameters);
			return {
				fingerprint: `text:${speechHash(speech)}`,
				bytes: 0,
				prepare: async (run) => await speakForAvatar(run, parameters.itemIndex, speech, wait),
			};
		}
		case 'binary':
			return fileVoice(
				await binaryInput(
					parameters,
					'audioBinaryPropertyName',
					'Audio Input Binary Field',
					limits,
				),
			);
		case 'url':
			return fileVoice(urlInput(parameters, 'audioUrl', 'Audio URL', surroundings.apiIsLocal));
		case 'base64':
			return fileVoice(await base64Input(parameters, 'audioBase64', 'Audio Base64', limits));
	}
}

function readAudioId(parameters: ParameterReader): AvatarVoice {
	const id = parameters.requiredText('audioId', 'Audio ID', '{{ $json.audio_id }}');
	if (!AUDIO_ID.test(id)) {
		throw invalidParameter(
			'Audio ID',
			'is no audio ID',
			'Enter the audio_id that Generate Speech put out; for a link or a file, choose another Audio Source.',
		);
	}
	return {
		fingerprint: `audioId:${id}`,
		bytes: 0,
		prepare: async () => ({ field: 'audio_id', load: async () => id }),
	};
}

function fileVoice(input: MediaInput<AudioFacts>): AvatarVoice {
	return {
		fingerprint: input.fingerprint,
		bytes: input.bytes,
		hint: input.hint,
		prepare: async () => ({
			field: 'sound_file',
			seconds: input.facts?.seconds,
			load: input.load,
		}),
	};
}
