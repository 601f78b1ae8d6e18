import { AVATAR_ROUTE } from '../../kling/routes';
import type { AvatarAudio, AvatarJob } from '../job';
import { invalidParameter } from '../invalidParameter';
import type { ParameterReader } from '../parameterReader';
import { refuseTemplateLeftovers } from '../shared/linkInput';
import {
	readCallbackUrl,
	readExternalTaskId,
	readIncludeInput,
	readOnTaskFailure,
	readPaidOptions,
	readResumeUrl,
	readWaitLimits,
} from '../shared/options';
import { readDownloadIf, readSimplify } from '../shared/outputs';
import { identifyRequest } from '../shared/requestIdentity';
import { SPEECH_PARAMETERS } from '../shared/speech';
import { readAudioSource } from './audio';
import { readImageSource } from './image';

/** The limit of the API (docs/maintainers/service-notes.md#create-an-avatar-task). */
const MAX_PROMPT_CHARACTERS = 2500;

/**
 * The newest API documentation says that a request without a prompt is refused
 * (docs/maintainers/service-notes.md#create-an-avatar-task).
 */
const NEUTRAL_PROMPT = 'The person speaks naturally to the camera.';

/** The parameters that are part of the request. */
const REQUEST_PARAMETERS = {
	parameters: [
		...['imageSource', 'imageUrl', 'imageBinaryPropertyName', 'imageBase64'],
		...['audioSource', 'audioId', 'audioBinaryPropertyName', 'audioUrl', 'audioBase64'],
		...SPEECH_PARAMETERS,
		...['prompt', 'mode'],
	],
	options: ['externalTaskId', 'longText'],
};

/**
 * Reads and checks the parameters and the files of one item of *Avatar > Create*.
 *
 * @throws UserError that names the parameter
 */
export async function readAvatarJob(parameters: ParameterReader): Promise<AvatarJob> {
	const validate = parameters.optionalFlag('validateMedia', 'Validate Media', true);
	const image = await readImageSource(parameters, validate);
	const limits = readWaitLimits(parameters);
	const audio = await readAudioSource(parameters, validate);
	const media = audio.kind === 'file' ? [image, audio.file] : [image];
	const externalTaskId = readExternalTaskId(parameters);
	const waits = parameters.flag('waitForCompletion', 'Wait for Completion');
	const resumeUrl = waits ? readResumeUrl(parameters) : undefined;
	const prompt = readPrompt(parameters);
	const paid = readPaidOptions(parameters);
	const mode = parameters.choice('mode', 'Mode', ['std', 'pro']);
	const download = waits
		? readDownloadIf(parameters, 'downloadVideo', 'Download Video')
		: undefined;
	return {
		kind: 'avatar',
		itemIndex: parameters.itemIndex,
		route: AVATAR_ROUTE,
		...(waits && { wait: { ...limits, usesCallback: resumeUrl !== undefined && !paid.dryRun } }),
		...(download && { download }),
		simplify: readSimplify(parameters),
		onTaskFailure: readOnTaskFailure(parameters),
		externalTaskId,
		callbackUrl: resumeUrl ?? readCallbackUrl(parameters),
		...paid,
		includeInput: readIncludeInput(parameters),
		limits,
		image,
		audio,
		prompt,
		mode,
		captions: audio.kind === 'text' && parameters.optionalFlag('captions', 'Captions', false),
		hint: audio.kind === 'file' ? audio.file.hint : undefined,
		identity: identifyRequest(
			parameters,
			REQUEST_PARAMETERS,
			// Only files count: the fingerprint of a URL changes with its expression.
			media.flatMap(({ url, fingerprint }) => (url === undefined ? fingerprint : [])),
			[prompt, mode, externalTaskId, valueOf(image.fingerprint, audio)],
		),
	};
}

/** The values that the image and audio parameters evaluated to, as part of the identity. */
function valueOf(image: string, audio: AvatarAudio): unknown[] {
	switch (audio.kind) {
		case 'audioId':
			return [image, audio.audioId];
		case 'text':
			return [image, audio.speech];
		case 'file':
			return [image, audio.file.fingerprint];
	}
}

function readPrompt(parameters: ParameterReader): string {
	const prompt = parameters.text('prompt', 'Prompt');
	refuseTemplateLeftovers(prompt, 'Prompt');
	const length = [...prompt].length;
	if (length > MAX_PROMPT_CHARACTERS) {
		throw invalidParameter(
			'Prompt',
			`has ${length} characters, but Kling accepts at most ${MAX_PROMPT_CHARACTERS}`,
			'Shorten it; a sentence or two is enough.',
		);
	}
	return prompt === '' ? NEUTRAL_PROMPT : prompt;
}
