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

/** The parameters of *Generate speech*. */
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
 * Reads and checks the parameters of one item.
 *
 * @throws UserError that names the parameter
 */
export async function checkGenerateSpeech(
	parameters: ParameterReader,
	surroundings: Surroundings,
): Promise<Job> {
	const speech = readSpeech(parameters);
	const wait = readWait(parameters);
	const externalTaskId = readExternalTaskId(parameters);
	const callbackUrl = readCallbackUrl(parameters, surroundings.apiIsLocal);
	return {
		itemIndex: parameters.itemIndex,
		route: SPEECH_ROUTE,
		wait,
		...(parameters.flag('downloadAudio', 'Download Audio') && {
			download: readDownload(parameters),
		}),
		simplify: parameters.flag('simplify', 'Simplify'),
		onTaskFailure: readOnTaskFailure(parameters),
		externalTaskId,
		maxConcurrentTasks: readMaxConcurrentTasks(parameters),
		start: async (run) => {
			const bought = await createSpeechTask(run, parameters.itemIndex, speech, wait, {
				externalTaskId,
				callbackUrl,
			});
			return { ...bought, release: bought.slot.release, discard: bought.discard };
		},
	};
}
