import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { readTaskType } from '../actions/shared/taskType';
import { isRecord, textOf } from '../kling/json';
import type { Delivery } from '../output/delivery';
import { toNodeError } from '../output/nodeError';

/** The parameters of the trigger. */
export interface TriggerParameters {
	/** States of a task that start the workflow. */
	states: string[];
	verify: boolean;
	delivery: Delivery;
}

/**
 * Reads the trigger's parameters.
 *
 * @throws UserError that names the parameter
 */
export function readTriggerParameters(
	context: IHookFunctions | IWebhookFunctions,
): TriggerParameters {
	const read = (name: string): unknown => context.getNodeParameter(name, null);
	const states = read('statuses');
	const given = read('options');
	const options = isRecord(given) ? given : {};
	const fileName = textOf(options.fileName);
	return {
		states: Array.isArray(states) ? states.map(String) : [],
		verify: options.verify !== false,
		delivery: {
			itemIndex: 0,
			route: readTaskType(textOf(read('taskType')) ?? '', textOf(read('customPath')) ?? ''),
			simplify: read('simplify') !== false,
			includeInput: false,
			needsResult: true,
			...(read('downloadVideo') === true && {
				download: {
					binaryField: textOf(read('binaryPropertyOutput')) ?? 'data',
					...(fileName !== undefined && { fileName }),
				},
			}),
		},
	};
}

/**
 * Checks the parameters when the workflow is published or listens for a test event. This is the
 * only time when an invalid parameter can be reported to the user. Later, only the sender of the
 * callback would see the error.
 *
 * @throws NodeOperationError that names the parameter
 */
export function checkTriggerParameters(context: IHookFunctions): void {
	try {
		readTriggerParameters(context);
	} catch (error) {
		throw toNodeError(context.getNode(), error, 0);
	}
}
