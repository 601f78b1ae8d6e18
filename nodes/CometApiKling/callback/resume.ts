import {
	NodeOperationError,
	type INodeExecutionData,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { readCallback } from '../kling/callback';
import { redact } from '../kling/redact';
import type { KlingTask } from '../kling/task';
import { acknowledge } from './acknowledge';
import { createResumeRun } from './createResumeRun';
import { deliverOrReportError } from '../output/deliverOrReportError';
import { pollOnce } from '../polling/pollTask';
import { readWaitingItems, type WaitingItem } from './waitingItem';

/**
 * Executions that this process is looking after, and whether another callback came meanwhile. It is
 * not looked into by itself, but may tell of a task that was still running when it was looked at.
 */
const inProgress = new Map<string, { callbackReceived: boolean }>();

/** The answer to a callback after which the execution goes on waiting. */
const KEEP_WAITING: IWebhookResponseData = { noWebhookResponse: true };

/**
 * Answers a callback of the service (SPEC 9), and resumes the execution once all its tasks have
 * ended. Nothing in the callback is believed: it is but a hint to ask the API. Never throws, since
 * n8n would resume the execution with that error and the tasks would be lost.
 */
export async function answerCallback(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	acknowledge(context);
	if (readCallback(context.getBodyData())?.state === 'running') return KEEP_WAITING;
	const executionId = context.getExecutionId();
	const before = inProgress.get(executionId);
	if (before) {
		before.callbackReceived = true;
		return KEEP_WAITING;
	}
	const visit = { callbackReceived: false };
	inProgress.set(executionId, visit);
	try {
		let items = await resumedItems(context);
		while (!items && visit.callbackReceived) {
			visit.callbackReceived = false;
			items = await resumedItems(context);
		}
		return items ? { noWebhookResponse: true, workflowData: [items] } : KEEP_WAITING;
	} catch (error) {
		const words = error instanceof Error ? redact(error.message) : 'unknown error';
		context.logger.warn(`A callback for waiting Kling tasks came to nothing: ${words}`);
		return KEEP_WAITING;
	} finally {
		inProgress.delete(executionId);
	}
}

/** @returns `undefined` while a task is unfinished */
async function resumedItems(context: IWebhookFunctions): Promise<INodeExecutionData[] | undefined> {
	const waiting = readWaitingItems(nodeContext(context));
	if (waiting.length === 0) return undefined;
	const run = await createResumeRun(context);
	const ended: Array<{ item: WaitingItem; task?: KlingTask }> = [];
	for (const item of waiting) {
		const task =
			item.kind === 'task'
				? await pollOnce(run, { route: item.delivery.route, taskId: item.taskId })
				: undefined;
		if (task?.state === 'running') return undefined;
		ended.push({ item, task });
	}
	return await Promise.all(
		ended.map(async ({ item, task }) =>
			item.kind === 'task' && task
				? await deliverOrReportError(context, run, item.delivery, task)
				: errorItem(context, item),
		),
	);
}

/** An item whose task never came to be; n8n sends it to the error output, if there is one. */
function errorItem(context: IWebhookFunctions, item: WaitingItem): INodeExecutionData {
	if (item.kind === 'task') throw new RangeError('A task that was not looked at has no item.');
	const { itemIndex, error } = item;
	return {
		json: { error },
		error: new NodeOperationError(context.getNode(), error, { itemIndex }),
		pairedItem: { item: itemIndex },
	};
}

/** n8n gives webhooks no direct way to the node's context, but expressions reach it (N8N.md). */
function nodeContext(context: IWebhookFunctions): unknown {
	const name = JSON.stringify(context.getNode().name).replaceAll('}', '\\u007d');
	return context.evaluateExpression(`{{ $node[${name}].context }}`);
}
