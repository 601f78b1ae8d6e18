import type { INodeProperties } from 'n8n-workflow';

import { SPEECH_ROUTE } from '../../kling/routes';
import type { Job } from '../job';
import type { ParameterReader } from '../parameterReader';
import {
	optionsProperty,
	readCallbackUrl,
	readExternalTaskId,
	readMaxConcurrentTasks,
	readOnTaskFailure,
	readWait,
} from '../shared/options';
import type { Surroundings } from '../surroundings';
import { outputFieldProperty, readDownload, simplifyProperty } from '../shared/outputs';
import { showFor } from '../shared/showFor';
import { readSpeech, speechProperties } from '../shared/speech';
import { createSpeechTask } from '../../purchase/createSpeechTask';

/** The form of *Generate speech*. */
export const generateSpeechProperties: INodeProperties[] = showFor('speech', 'generate', [
	...speechProperties,
	{
		displayName: 'Download Audio',
		name: 'downloadAudio',
		type: 'boolean',
		default: false,
		description: 'Whether to put out the speech as a file. An avatar needs only its audio ID.',
	},
	outputFieldProperty({ downloadAudio: [true] }),
	simplifyProperty,
	optionsProperty([
		'callbackUrl',
		'externalTaskId',
		'fileName',
		'maxConcurrentTasks',
		'maxWaitSeconds',
		'onTaskFailure',
		'pollIntervalSeconds',
	]),
]);

/**
 * Reads and checks the form of one item.
 *
 * @throws UserError that names the parameter
 */
export async function checkGenerateSpeech(form: ParameterReader, surroundings: Surroundings): Promise<Job> {
	const speech = readSpeech(form);
	const wait = readWait(form);
	const externalTaskId = readExternalTaskId(form);
	const callbackUrl = readCallbackUrl(form, surroundings.apiIsLocal);
	return {
		itemIndex: form.itemIndex,
		route: SPEECH_ROUTE,
		wait,
		...(form.flag('downloadAudio', 'Download Audio') && { download: readDownload(form) }),
		simplify: form.flag('simplify', 'Simplify'),
		onTaskFailure: readOnTaskFailure(form),
		externalTaskId,
		maxConcurrentTasks: readMaxConcurrentTasks(form),
		start: async (run) => {
			const bought = await createSpeechTask(run, form.itemIndex, speech, wait, {
				externalTaskId,
				callbackUrl,
			});
			return { ...bought, leave: bought.slot.leave, forget: bought.book.drop };
		},
	};
}
