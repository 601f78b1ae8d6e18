import { Readable } from 'node:stream';
import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { answerCallback } from '../../nodes/CometApiKling/callback/resume';
import { hostClock } from '../../nodes/CometApiKling/transport/hostClock';
import { receiveCallback } from '../../nodes/CometApiKling/trigger/receiveCallback';
import { VirtualClock } from '../support/virtualClock';

/** A response of the API to a query. */
export interface Reply {
	http?: number;
	/** Text is sent as it is, anything else as JSON. */
	body: unknown;
	contentType?: string;
}

/** A callback, and the world in which it arrives. */
export interface Callback {
	body: unknown;
	/** The API's response to a query, by the requested ID and the number of the query, from 1. */
	reply: (id: string, count: number) => Reply;
	/** The node's context, for an execution that waits. */
	context?: unknown;
	executionId?: string;
	/** Parameters of the trigger that differ from the defaults. */
	parameters?: Record<string, unknown>;
}

/** What a callback led to. */
export interface Outcome {
	httpStatus: number;
	/** The fields of the items with which the execution resumes or starts. */
	items?: Array<INodeExecutionData['json']>;
	/** The IDs that were queried, in order. */
	asked: string[];
	logs: string[];
}

const PARAMETERS: Record<string, unknown> = {
	statuses: ['succeeded', 'failed'],
	taskType: 'avatar',
	simplify: true,
	downloadVideo: false,
	options: {},
};

let workflows = 0;

/** The clock of all callbacks. Each test file has its own copy of the modules. */
export const clock = new VirtualClock(Date.now());
Object.assign(hostClock, {
	now: () => clock.now(),
	random: () => clock.random(),
	sleep: async (milliseconds: number, signal?: AbortSignal) =>
		await clock.sleep(milliseconds, signal),
});

/** Sends a callback to an execution that waits; use it within `clock.run`. */
export async function callBackWaiting(callback: Callback): Promise<Outcome> {
	return await callBack(answerCallback, callback);
}

/** Sends a callback to a trigger that has seen no other callback; use it within `clock.run`. */
export async function callBackTrigger(callback: Callback): Promise<Outcome> {
	return await callBack(receiveCallback, callback);
}

async function callBack(
	receive: (context: IWebhookFunctions) => Promise<IWebhookResponseData>,
	callback: Callback,
): Promise<Outcome> {
	const outcome: Outcome = { httpStatus: 0, asked: [], logs: [] };
	const result: unknown = await Reflect.apply(receive, undefined, [contextOf(callback, outcome)]);
	const { workflowData } = resultOf(result);
	return { ...outcome, items: workflowData?.[0]?.map(({ json }) => json) };
}

function resultOf(result: unknown): IWebhookResponseData {
	if (typeof result !== 'object' || result === null) throw new Error('There is no result.');
	return result;
}

/** The parts of n8n's context that callbacks use. */
function contextOf({ body, reply, ...callback }: Callback, outcome: Outcome): object {
	const workflow = `workflow-${workflows++}`;
	const log = (message: string): void => void outcome.logs.push(message);
	return {
		getRequestObject: () => ({ rawBody: Buffer.from(JSON.stringify(body)) }),
		getBodyData: () => body,
		getResponseObject: () => ({
			writableEnded: false,
			end() {
				this.writableEnded = true;
			},
			set statusCode(httpStatus: number) {
				outcome.httpStatus = httpStatus;
			},
		}),
		getCredentials: async () => ({
			apiKey: 'sk-secret-0123456789',
			baseUrl: 'https://api.cometapi.com',
		}),
		getExecutionId: () => callback.executionId ?? workflow,
		getMode: () => 'trigger',
		getWorkflow: () => ({ id: workflow }),
		getNode: () => ({ id: 'node', name: 'Kling', parameters: {} }),
		getWorkflowStaticData: () => ({}),
		getNodeParameter: (name: string) => callback.parameters?.[name] ?? PARAMETERS[name],
		evaluateExpression: () => callback.context,
		logger: { warn: log, info: log },
		helpers: {
			httpRequestWithAuthentication: async (_type: string, { url }: { url: string }) => {
				const id = url.replace(/.*\//, '');
				outcome.asked.push(id);
				const { http, body: sent, contentType } = reply(id, outcome.asked.length);
				const text = typeof sent === 'string' ? sent : JSON.stringify(sent);
				return {
					statusCode: http ?? 200,
					headers: { 'content-type': contentType ?? 'application/json' },
					body: Readable.from([Buffer.from(text)]),
				};
			},
		},
	};
}

/** The node's context while it waits for these tasks, one for each item. */
export function waitingFor(...ids: string[]): object {
	return {
		waitingTasks: ids.map((id, item) => ({
			item,
			task_type: 'avatar',
			simplify: true,
			clips: [{ task_id: id, external_task_id: `ext-${id}` }],
		})),
	};
}

/** The API's description of a task. */
export function taskReply(id: string, status: string, fields: object = {}): Reply {
	const video = { id: 'v', url: 'https://f.example.com/v.mp4', duration: '5' };
	const task_result = status === 'succeed' ? { videos: [video] } : {};
	const data = { task_id: id, task_status: status, task_result, ...fields };
	return { body: { code: 0, message: 'SUCCEED', data } };
}

/** The API does not know the task. */
export const UNKNOWN_TASK: Reply = {
	http: 400,
	body: { code: 'task_not_exist', message: 'task_not_exist', data: null },
};
