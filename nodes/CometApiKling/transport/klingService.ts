import type { Fault } from '../kling/errors/faults';
import { parseResponse } from '../kling/response/parseResponse';
import type { KlingService, TaskResponse } from '../kling/service';
import { redact } from '../kling/errors/redact';
import { isTaskId } from '../kling/taskId';
import type { Clock } from '../polling/time/clock';
import { apiRequest, readApiKey, type ApiContext, type ApiRequest } from './apiRequest';

/**
 * Allows for uploads of up to 20 MB over a slow connection, and for a gateway that responds only
 * after Kling does.
 */
const CREATE_TIMEOUT_MS = 180_000;

/**
 * The service behind a base URL. The credential's key is hidden in everything that it returns.
 *
 * @param baseUrl see `readBaseUrl`
 */
export function klingService(context: ApiContext, baseUrl: string, clock: Clock): KlingService {
	let apiKey: Promise<string> | undefined;

	async function send(
		request: ApiRequest,
		asked: { askedId?: string; externalTaskId?: string } = {},
	): Promise<TaskResponse> {
		apiKey ??= readApiKey(context);
		const secret = await apiKey;
		const result = await apiRequest(context, baseUrl, request, clock);
		if (result.kind === 'response') return parseResponse(result.response, { ...asked, secret });
		const message = redact(result.fault.message, secret);
		return { kind: 'fault', fault: { ...result.fault, message } };
	}

	return {
		create: async (route, body, externalTaskId) => {
			const path = `/kling/v1/${route.path}`;
			const request: ApiRequest = { method: 'POST', path, body, timeoutMs: CREATE_TIMEOUT_MS };
			return await send(request, { externalTaskId });
		},
		query: async (route, id, timeoutMs, externalTaskId) => {
			if (!isTaskId(id)) return { kind: 'fault', fault: invalidId(id) };
			const path = `/kling/v1/${route.path}/${encodeURIComponent(id)}`;
			return await send({ method: 'GET', path, timeoutMs }, { askedId: id, externalTaskId });
		},
	};
}

function invalidId(id: string): Fault {
	return { kind: 'invalidId', message: `"${redact(id)}"` };
}
