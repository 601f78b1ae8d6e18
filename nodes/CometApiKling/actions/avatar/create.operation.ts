import { encodeBody } from '../../kling/requestBody';
import { AVATAR_ROUTE } from '../../kling/routes';
import type { Job, StartedTask } from '../job';
import { createTaskOnce } from '../../purchase/createTaskOnce';
import { invalidParameter, type ParameterReader } from '../parameterReader';
import { requestHash } from '../shared/mediaInput';
import {
	readCallbackUrl,
	readExternalTaskId,
	readMaxConcurrentTasks,
	readOnTaskFailure,
	readResumeUrl,
	readWait,
} from '../shared/options';
import { readDownload } from '../shared/outputs';
import type { Surroundings } from '../surroundings';
import { readImage } from './image';
import { readVoice } from './audio';

/** API.md 2. */
const MAX_PROMPT_CHARACTERS = 2500;

/** The newest page of the API says that a request without a prompt is refused (API.md 2). */
const NEUTRAL_PROMPT = 'The person speaks naturally to the camera.';

/**
 * Reads and checks the parameters and the files of one item of *Create avatar video*.
 *
 * @throws UserError that names the parameter
 */
export async function checkCreateAvatar(
	parameters: ParameterReader,
	surroundings: Surroundings,
): Promise<Job> {
	const { itemIndex } = parameters;
	const validate = parameters.optionalFlag('validateMedia', 'Validate Media', true);
	const image = await readImage(parameters, surroundings, validate);
	const wait = readWait(parameters);
	const voice = await readVoice(parameters, surroundings, validate, wait);
	const externalTaskId = readExternalTaskId(parameters);
	const waits = parameters.flag('waitForCompletion', 'Wait for Completion');
	const resumeUrl = waits ? readResumeUrl(parameters, surroundings) : undefined;
	const callbackUrl = resumeUrl ?? readCallbackUrl(parameters, surroundings.apiIsLocal);
	const fields = {
		prompt: readPrompt(parameters),
		mode: parameters.choice('mode', 'Mode', ['std', 'pro']),
	};
	const hash = requestHash({
		image: image.fingerprint,
		voice: voice.fingerprint,
		...fields,
		externalTaskId,
	});
	const downloads = waits && parameters.flag('downloadVideo', 'Download Video');

	return {
		itemIndex,
		route: AVATAR_ROUTE,
		...(waits && { wait: { ...wait, usesCallback: resumeUrl !== undefined } }),
		...(downloads && { download: readDownload(parameters) }),
		simplify: parameters.flag('simplify', 'Simplify'),
		onTaskFailure: readOnTaskFailure(parameters),
		externalTaskId,
		maxConcurrentTasks: readMaxConcurrentTasks(parameters),
		hint: voice.hint,
		start: async (run): Promise<StartedTask> => {
			const isCreated = run.ledger.find(itemIndex, 'avatar', hash)?.task_id !== undefined;
			const sound = isCreated ? undefined : await voice.prepare(run);
			const bought = await createTaskOnce(run, {
				itemIndex,
				part: 'avatar',
				requestHash: hash,
				route: AVATAR_ROUTE,
				externalTaskId,
				bytes: image.bytes + voice.bytes,
				alreadyPaid: sound?.paid,
				body: async (id) =>
					encodeBody({
						image: await image.load(),
						...(sound && { [sound.field]: await sound.load() }),
						...fields,
						...(callbackUrl !== undefined && { callback_url: callbackUrl }),
						external_task_id: id,
					}),
				maxWaitMs: wait.maxWaitMs,
			});
			const size = { kind: `avatar:${fields.mode}`, audioSeconds: sound?.seconds };
			return { ...bought, size, release: bought.slot.release, discard: bought.discard };
		},
	};
}

function readPrompt(parameters: ParameterReader): string {
	const prompt = parameters.text('prompt', 'Prompt');
	const length = [...prompt].length;
	if (length > MAX_PROMPT_CHARACTERS) {
		throw invalidParameter(
			'Prompt',
			`has ${length} characters, and Kling reads at most ${MAX_PROMPT_CHARACTERS}`,
			'Shorten it; a sentence or two is enough.',
		);
	}
	return prompt === '' ? NEUTRAL_PROMPT : prompt;
}
