import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { HTTP, readClaim, respond } from '../callback/httpCallback';
import { createPollingRun } from '../callback/pollingRun';
import { deliverOrReport } from '../callback/deliverOrReport';
import { settle } from '../callback/settle';
import type { CallbackClaim } from '../kling/response/callback';
import type { KlingRoute } from '../kling/routes';
import type { KlingTask } from '../kling/task';
import { faultToUserError, UserError } from '../kling/errors/userError';
import { describeError } from '../output/describeError';
import type { Poller } from '../polling/pollTask';
import { readBaseUrl } from '../transport/apiRequest';
import { SeenTasks } from './seenTasks';
import { readTriggerParameters, type TriggerParameters } from './triggerParameters';

/** Starts no workflow; the response has been sent. */
const NOTHING: IWebhookResponseData = { noWebhookResponse: true };

/**
 * Receives a callback of the service, and starts the workflow if the parameters select this event
 * of the task. Never throws: if the task cannot be read, the response is 503, since even an unknown
 * task may be one that the API does not know yet.
 */
export async function receiveCallback(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const claim = await readClaim(context);
	try {
		return await startIfNews(context, readTriggerParameters(context), claim);
	} catch (error) {
		respond(context, HTTP.unavailable);
		const ids = claim ? `for task ${claim.ids.join(', ')}` : 'without an ID';
		const reason = await describeError(context, error);
		context.logger.warn(`A callback ${ids} did not start the workflow: ${reason}`);
		return NOTHING;
	}
}

async function startIfNews(
	context: IWebhookFunctions,
	{ states, verify, delivery }: TriggerParameters,
	claim: CallbackClaim | undefined,
): Promise<IWebhookResponseData> {
	if (!claim) {
		respond(context, HTTP.badRequest);
		return NOTHING;
	}
	if (claim.claimedState !== undefined && !states.includes(claim.claimedState)) {
		respond(context, HTTP.ok);
		return NOTHING;
	}
	const run = createPollingRun(context, await readBaseUrl(context));
	const task = verify ? await verified(run, delivery.route, claim) : claim;
	respond(context, HTTP.ok);
	const seen = seenTasks(context);
	if (!states.includes(task.state) || seen?.add(task.id, task.state) === false) return NOTHING;
	const clip = { task: { taskId: task.id, route: delivery.route } };
	const item = await deliverOrReport(context, run, delivery, [
		{ clip, finished: { kind: 'ended', task } },
	]);
	seen?.save();
	return { noWebhookResponse: true, workflowData: [[item]] };
}

/**
 * The task as the API reports it, queried by the first of the IDs that the API knows.
 *
 * @throws UserError if no ID is known, the task cannot be read, or it contradicts the callback
 */
async function verified(
	run: Poller,
	route: KlingRoute,
	{ claimedState, ids: [taskId, ...otherIds] }: Pick<CallbackClaim, 'ids' | 'claimedState'>,
): Promise<KlingTask> {
	const claimsEnd = claimedState !== undefined && claimedState !== 'running';
	const settled = await settle(run, { taskId: taskId ?? '', route }, claimsEnd);
	if (settled.kind === 'hopeless') {
		if (settled.fault.kind === 'notFound' && otherIds.length > 0) {
			return await verified(run, route, { claimedState, ids: otherIds });
		}
		throw faultToUserError(settled.fault);
	}
	if (settled.kind !== 'unreadable' && !(claimsEnd && settled.kind === 'running')) {
		return settled.task;
	}
	const seen = settled.kind === 'unreadable' ? settled.lastStatus : settled.task.status;
	throw new UserError(`CometAPI did not confirm the callback: ${seen}`, {
		advice: 'The sender was asked to repeat the callback.',
	});
}

/** While the editor listens, users may send the same callback again to try things out. */
function seenTasks(context: IWebhookFunctions): SeenTasks | undefined {
	if (context.getMode() === 'manual') return undefined;
	const trigger = `${context.getWorkflow().id ?? ''}:${context.getNode().id}`;
	return new SeenTasks(trigger, context.getWorkflowStaticData('node'));
}
