import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Job, Result } from '../actions/job';
import { validateItems } from '../actions/validateItems';
import { textOf } from '../kling/json';
import { isLoopback } from '../kling/publicAddress';
import { UserError } from '../kling/errors/userError';
import { toNodeError } from '../output/nodeError';
import { readBaseUrl } from '../transport/apiRequest';
import { createRun, isToolCall, openLedger } from './createRun';
import { executeWithCallback } from './executeWithCallback';
import { executeWithPolling } from './executeWithPolling';
import { showInputHints, showResultHints } from './hints';
import { joinVideos } from './joinVideos';
import { audioLimitOf, failOverLimit } from './limitAudio';
import { throwIfInvalid } from './throwIfInvalid';

/**
 * Runs the node: reads and validates the parameters of all items, then runs all jobs
 * (docs/maintainers/decisions.md#items).
 *
 * @throws NodeOperationError or NodeApiError with the index of the item
 */
export async function executeNode(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	// The resource cannot be an expression, so it is the same for all items.
	if (context.getNodeParameter('resource', 0) === 'video') return await joinVideos(context);
	const baseUrl = await readBaseUrlOrExplain(context);
	const valid = await validateItems(context, {
		apiIsLocal: isLoopback(new URL(baseUrl)),
		isToolCall: isToolCall(context),
		resumeUrl: textOf(context.evaluateExpression('{{ $execution.resumeUrl }}', 0)) ?? '',
	});
	const ledger = openLedger(context);
	if (!context.continueOnFail()) throwIfInvalid(context, valid, ledger);
	const audioLimit = audioLimitOf(jobsOf(valid));
	const checked = failOverLimit(audioLimit, valid, ledger);
	showInputHints(context, checked);

	const run = createRun(context, baseUrl, jobsOf(checked), ledger, audioLimit);
	const usesCallback = jobsOf(checked).some(({ wait }) => wait?.usesCallback);
	const execute = usesCallback ? executeWithCallback : executeWithPolling;
	const output = await execute(context, run, checked);
	showResultHints(context, run, jobsOf(checked));
	return output;
}

const FIX_BASE_URL = "Open the CometAPI credential of this node and change its 'Base URL'.";

const FIX_CREDENTIAL =
	'Open the CometAPI credential of this node, fix what the message says, and save it, or select another credential.';

/** Nothing but the credential is read here, so any error is about it. */
async function readBaseUrlOrExplain(context: IExecuteFunctions): Promise<string> {
	try {
		return await readBaseUrl(context);
	} catch (error) {
		const thrown =
			error instanceof RangeError ? new UserError(error.message, { advice: FIX_BASE_URL }) : error;
		throw toNodeError(context.getNode(), thrown, 0, FIX_CREDENTIAL);
	}
}

function jobsOf(checked: Array<Result<Job>>): Job[] {
	return checked.flatMap((item) => (item.ok ? item.value : []));
}
