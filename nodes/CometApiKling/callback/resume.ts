import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import type { CallbackClaim } from '../kling/response/callback';
import { describeError } from '../output/describeError';
import { storedErrorItem } from '../output/errorItem';
import type { PolledTask } from '../polling/pollTask';
import { readBaseUrl } from '../transport/apiRequest';
import { createPollingRun } from './pollingRun';
import { HTTP, readClaim, respond } from './httpCallback';
import { deliverOrReport } from './deliverOrReport';
import { settle } from './settle';
import { settleAll } from './settleAll';
import { withVisit, type Visit } from './visits';
import { readWaitingItems, tasksOf, type WaitingItem } from './waitingItem';

/** The return value after a callback that leaves the execution waiting. */
const KEEP_WAITING: IWebhookResponseData = { noWebhookResponse: true };

/**
 * Responds to a callback of the service (docs/maintainers/decisions.md#callbacks), and resumes the
 * execution once all its tasks have ended. The body is not trusted; it only prompts a query to the
 * API. The response is sent after that query but before any file is downloaded: a callback that the
 * API does not confirm gets a 503, so that the sender repeats it. Never throws, since n8n would
 * resume the execution with that error and the tasks would be lost.
 */
export async function answerCallback(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		const waiting = readWaitingItems(nodeContext(context));
		return await withVisit(
			context.getExecutionId(),
			waiting.flatMap(tasksOf),
			async (visit) => await resumeIfFinished(context, waiting, visit),
		);
	} catch (error) {
		respond(context, HTTP.unavailable);
		const reason = await describeError(context, error);
		context.logger.warn(`A callback for waiting Kling tasks could not be handled: ${reason}`);
		return KEEP_WAITING;
	}
}

async function resumeIfFinished(
	context: IWebhookFunctions,
	waiting: readonly WaitingItem[],
	visit: Visit,
): Promise<IWebhookResponseData> {
	const claim = await readClaim(context);
	const isRunning = claim?.claimedState === 'running';
	const tasks = waiting.flatMap(tasksOf);
	const claimed = claim && tasks.find((task) => isMeant(claim, task));
	if (isRunning || tasks.length === 0 || (claim && !claimed)) {
		respond(context, HTTP.ok);
		return KEEP_WAITING;
	}
	const run = createPollingRun(context, await readBaseUrl(context));
	const outcome = await settleAll(
		tasks,
		claimed,
		async (task, untilEnded) =>
			await visit.settle(task, untilEnded, async () => await settle(run, task, untilEnded)),
	);
	if (outcome.kind === 'unclear') {
		respond(context, HTTP.unavailable);
		context.logger.warn(
			`CometAPI did not confirm the callback for task ${claimed?.taskId ?? 'unknown'}: ${outcome.lastStatus}`,
		);
		return KEEP_WAITING;
	}
	if (outcome.kind === 'waiting') {
		// A body that this node cannot read may be about the running task.
		respond(context, claimed ? HTTP.ok : HTTP.unavailable);
		return KEEP_WAITING;
	}
	respond(context, HTTP.ok);
	if (visit.isResuming) return KEEP_WAITING;
	visit.isResuming = true;
	const items = await Promise.all(
		waiting.map(async (item) => {
			if (item.kind === 'error') {
				const { json, itemIndex } = item;
				return storedErrorItem(context, { json, pairedItem: { item: itemIndex } });
			}
			const clips = item.clips.map((clip) => {
				const finished = outcome.tasks.get(clip.task.taskId);
				if (!finished) throw new RangeError('A task that was not polled has no item.');
				return { clip, finished };
			});
			return await deliverOrReport(context, run, item.delivery, clips, item.input);
		}),
	);
	return { noWebhookResponse: true, workflowData: [items] };
}

/**
 * A body may have Kling's ID instead of CometAPI's (docs/maintainers/service-notes.md#callbacks),
 * and then only the external ID matches.
 */
function isMeant({ ids }: CallbackClaim, { taskId, externalTaskId }: PolledTask): boolean {
	return ids.includes(taskId) || (externalTaskId !== undefined && ids.includes(externalTaskId));
}

/**
 * n8n gives webhooks no direct access to the node's context, but expressions can reach it
 * (docs/maintainers/n8n-notes.md#waiting-and-resuming).
 */
function nodeContext(context: IWebhookFunctions): unknown {
	const name = JSON.stringify(context.getNode().name).replaceAll('}', '\\u007d');
	return context.evaluateExpression(`{{ $node[${name}].context }}`);
}
