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
		const which = claim ? `for task ${claim.id}` : 'without an ID';
		const reason = await describeError(context, error);
		context.logger.warn(`A callback ${which} did not start the workflow: ${reason}`);
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
	if (claim.claimedState === 'running' && !states.includes('running')) {
		respond(context, HTTP.ok);
		return NOTHING;
	}
	const run = createPollingRun(context, await readBaseUrl(context));
	// A status that is missing, unknown or contradictory leaves the state of the task open.
	const needsQuery = verify || claim.claimedState !== claim.state;
	const task = needsQuery ? await verified(run, delivery.route, claim, states) : claim;
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
 * The task as the API reports it, under the first of its IDs that leads to a task.
 *
 * @throws UserError if no ID leads to a task, or the task contradicts the callback
 */
async function verified(
	run: Poller,
	route: KlingRoute,
	{ claimedState, id, ids, externalIds }: CallbackClaim,
	states: string[],
): Promise<KlingTask> {
	const [name, ...otherNames] = ids.map((taskId) => ({
		route,
		taskId,
		...(externalIds.includes(taskId) && { externalTaskId: taskId }),
		// A task that fails at once calls back before all servers of the API know it.
		createdAt: run.clock.now(),
	}));
	if (!name) throw new RangeError('A callback was accepted although it has no ID.');
	const settled = await settle(run, name, claimedState !== 'running', otherNames);
	if (settled.kind === 'hopeless') throw faultToUserError(settled.fault, { taskId: id });
	if (settled.kind === 'unreadable') throw notConfirmed(settled.lastStatus);
	const claimsEnd = claimedState !== undefined && claimedState !== 'running';
	const isPremature = settled.kind === 'running' && (claimsEnd || !states.includes('running'));
	if (isPremature) throw notConfirmed(settled.task.status);
	return settled.task;
}

function notConfirmed(lastStatus: string): UserError {
	return new UserError(`CometAPI did not confirm the callback: ${lastStatus}`, {
		advice: 'The sender was asked to repeat the callback.',
	});
}

/** While the editor listens, users may send the same callback again to try things out. */
function seenTasks(context: IWebhookFunctions): SeenTasks | undefined {
	if (context.getMode() === 'manual') return undefined;
	const trigger = `${context.getWorkflow().id ?? ''}:${context.getNode().id}`;
	return new SeenTasks(trigger, context.getWorkflowStaticData('node'));
}
