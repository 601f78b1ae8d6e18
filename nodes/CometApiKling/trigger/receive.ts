import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { readCallback } from '../kling/callback';
import { canAskAgain } from '../kling/faults';
import { redact } from '../kling/redact';
import type { KlingTask } from '../kling/task';
import { createResumeRun } from '../run/createResumeRun';
import { deliverOrTell } from '../run/deliverOrTell';
import { Problem } from '../run/problem';
import { lookOnce } from '../run/waitFor';
import { acknowledge } from '../transport/acknowledge';
import { SeenTasks } from './seenTasks';
import { readTriggerForm, type TriggerForm } from './triggerForm';

/** Starts no workflow; the answer has been sent. */
const NOTHING: IWebhookResponseData = { noWebhookResponse: true };

const HTTP_BAD_REQUEST = 400;

/** Asks the sender to repeat the callback later. */
const HTTP_UNAVAILABLE = 503;

/** News that this process is dealing with right now: repeats may come at the same instant. */
const underWay = new Set<string>();

/**
 * Receives a callback of the service (SPEC 9), and starts the workflow with the task if it is news
 * that the form asks for.
 */
export async function receiveCallback(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const form = readTriggerForm(context);
	const claim = readCallback(context.getBodyData());
	if (!claim) {
		acknowledge(context, HTTP_BAD_REQUEST);
		return NOTHING;
	}
	if (!form.states.includes(claim.state)) {
		acknowledge(context);
		return NOTHING;
	}
	const news = `${context.getNode().id}:${claim.id}:${claim.state}`;
	if (underWay.has(news)) {
		acknowledge(context);
		return NOTHING;
	}
	underWay.add(news);
	try {
		return await start(context, form, claim);
	} catch (error) {
		acknowledge(context, isPassing(error) ? HTTP_UNAVAILABLE : undefined);
		const words = error instanceof Error ? redact(error.message) : 'unknown error';
		context.logger.warn(`A callback for task ${redact(claim.id)} started no workflow: ${words}`);
		return NOTHING;
	} finally {
		underWay.delete(news);
	}
}

async function start(
	context: IWebhookFunctions,
	form: TriggerForm,
	claim: KlingTask,
): Promise<IWebhookResponseData> {
	const run = await createResumeRun(context);
	const task = form.verify ? await lookOnce(run, form.delivery, claim.id) : claim;
	acknowledge(context);
	const seen = new SeenTasks(context.getWorkflowStaticData('node'));
	if (!form.states.includes(task.state) || seen.has(task.id, task.state)) return NOTHING;
	seen.add(task.id, task.state);
	const item = await deliverOrTell(context, run, form.delivery, task);
	return { noWebhookResponse: true, workflowData: [[item]] };
}

/** Whether the task may be readable later, so that it is worth to call back again. */
function isPassing(error: unknown): boolean {
	const fault = error instanceof Problem ? error.details.fault : undefined;
	return fault === undefined || canAskAgain(fault);
}
