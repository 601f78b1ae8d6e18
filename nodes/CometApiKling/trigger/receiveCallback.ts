import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { readCallback } from '../kling/callback';
import { canAskAgain } from '../kling/faults';
import { redact } from '../kling/redact';
import type { KlingTask } from '../kling/task';
import { createResumeRun } from '../callback/createResumeRun';
import { deliverOrReportError } from '../output/deliverOrReportError';
import { UserError } from '../kling/userError';
import { pollOnce } from '../polling/pollTask';
import { acknowledge } from '../callback/acknowledge';
import { SeenTasks } from './seenTasks';
import { readTriggerParameters, type TriggerParameters } from './triggerParameters';

/** Starts no workflow; the answer has been sent. */
const NOTHING: IWebhookResponseData = { noWebhookResponse: true };

const HTTP_BAD_REQUEST = 400;

/** Asks the sender to repeat the callback later. */
const HTTP_UNAVAILABLE = 503;

/**
 * Receives a callback of the service (SPEC 9), and starts the workflow with the task if it is news
 * that the parameters ask for.
 */
export async function receiveCallback(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const parameters = readTriggerParameters(context);
	const claim = readCallback(context.getBodyData());
	if (!claim) {
		acknowledge(context, HTTP_BAD_REQUEST);
		return NOTHING;
	}
	if (!parameters.states.includes(claim.state)) {
		acknowledge(context);
		return NOTHING;
	}
	try {
		return await start(context, parameters, claim);
	} catch (error) {
		acknowledge(context, isTransient(error) ? HTTP_UNAVAILABLE : undefined);
		const words = error instanceof Error ? redact(error.message) : 'unknown error';
		context.logger.warn(`A callback for task ${redact(claim.id)} started no workflow: ${words}`);
		return NOTHING;
	}
}

async function start(
	context: IWebhookFunctions,
	parameters: TriggerParameters,
	claim: KlingTask,
): Promise<IWebhookResponseData> {
	const run = await createResumeRun(context);
	const task = parameters.verify
		? await pollOnce(run, { route: parameters.delivery.route, taskId: claim.id })
		: claim;
	acknowledge(context);
	if (!parameters.states.includes(task.state) || isRepeat(context, task)) return NOTHING;
	const item = await deliverOrReportError(context, run, parameters.delivery, task);
	return { noWebhookResponse: true, workflowData: [[item]] };
}

/** While the editor listens, the same callback may well be sent again, to try things out. */
function isRepeat(context: IWebhookFunctions, task: KlingTask): boolean {
	if (context.getMode() === 'manual') return false;
	const seen = new SeenTasks(
		`${context.getWorkflow().id ?? ''}:${context.getNode().id}`,
		context.getWorkflowStaticData('node'),
	);
	return !seen.add(task.id, task.state);
}

/** Whether the task may be readable later, so that it is worth to call back again. */
function isTransient(error: unknown): boolean {
	const fault = error instanceof UserError ? error.details.fault : undefined;
	return fault === undefined || canAskAgain(fault);
}
