import type { INodeProperties } from 'n8n-workflow';

import { SPEECH_ROUTE } from '../../kling/routes';
import type { SpeechJob } from '../job';
import type { ParameterReader } from '../parameterReader';
import {
	optionsProperty,
	readCallbackUrl,
	readExternalTaskId,
	readMaxConcurrentTasks,
	readOnTaskFailure,
	readWaitLimits,
} from '../shared/options';
import { outputFieldProperty, readDownload, simplifyProperty } from '../shared/outputs';
import { showFor } from '../shared/showFor';
import { readSpeech, speechProperties, speechRequestHash } from '../shared/speech';

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
 * Reads and checks the parameters of one item of *Speech > Generate*.
 *
 * @throws UserError that names the parameter
 */
export async function readSpeechJob(parameters: ParameterReader): Promise<SpeechJob> {
	const speech = readSpeech(parameters);
	const limits = readWaitLimits(parameters);
	const externalTaskId = readExternalTaskId(parameters);
	const downloads = parameters.flag('downloadAudio', 'Download Audio');
	return {
		kind: 'speech',
		itemIndex: parameters.itemIndex,
		route: SPEECH_ROUTE,
		wait: limits,
		...(downloads && { download: readDownload(parameters) }),
		simplify: parameters.flag('simplify', 'Simplify'),
		onTaskFailure: readOnTaskFailure(parameters),
		externalTaskId,
		callbackUrl: readCallbackUrl(parameters),
		maxConcurrentTasks: readMaxConcurrentTasks(parameters),
		limits,
		speech,
		requestHash: speechRequestHash(parameters, speech, externalTaskId),
	};
}
