import type { INodeProperties } from 'n8n-workflow';

import { SPEECH_ROUTE } from '../../kling/routes';
import type { SpeechJob } from '../job';
import type { ParameterReader } from '../parameterReader';
import { optionsProperty } from '../shared/optionProperties';
import {
	readCallbackUrl,
	readExternalTaskId,
	readIncludeInput,
	readOnTaskFailure,
	readPaidOptions,
	readWaitLimits,
} from '../shared/options';
import {
	outputFieldProperty,
	readDownloadIf,
	readSimplify,
	simplifyProperty,
} from '../shared/outputs';
import { showFor } from '../shared/showFor';
import { identifySpeech, readSpeech, speechProperties } from '../shared/speech';

/** The parameters of *Speech > Generate*. */
export const generateSpeechProperties: INodeProperties[] = showFor('speech', 'generate', [
	...speechProperties,
	{
		displayName: 'Download Audio',
		name: 'downloadAudio',
		type: 'boolean',
		default: false,
		description:
			'Whether to download the speech and add it to the output as a file. An avatar only needs the audio ID.',
	},
	outputFieldProperty({ downloadAudio: [true] }),
	simplifyProperty,
	optionsProperty([
		'callbackUrl',
		'dryRun',
		'externalTaskId',
		'fileName',
		'includeInputFields',
		'maxConcurrentTasks',
		'maxTotalSeconds',
		'maxWaitSeconds',
		'onTaskFailure',
		'pollIntervalSeconds',
		'reuseInEditor',
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
	const download = readDownloadIf(parameters, 'downloadAudio', 'Download Audio');
	return {
		kind: 'speech',
		itemIndex: parameters.itemIndex,
		route: SPEECH_ROUTE,
		wait: limits,
		...(download && { download }),
		simplify: readSimplify(parameters),
		onTaskFailure: readOnTaskFailure(parameters),
		externalTaskId,
		callbackUrl: readCallbackUrl(parameters),
		...readPaidOptions(parameters),
		includeInput: readIncludeInput(parameters),
		limits,
		speech,
		identity: identifySpeech(parameters, speech, externalTaskId),
	};
}
