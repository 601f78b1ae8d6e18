import { parseResponse, type TaskResponse } from '../kling/parseResponse';
import type { KlingRoute } from '../kling/routes';
import type { Clock } from '../polling/clock';
import { apiRequest, type ApiContext } from './apiRequest';

/** Uploads of up to 20 MB over a slow line, and a gateway that answers only when Kling has. */
const CREATE_TIMEOUT_MS = 180_000;

/** The two things that can be asked of every Kling route. */
export interface KlingService {
	/** Sends a create, once. */
	create(route: KlingRoute, body: Buffer): Promise<TaskResponse>;
	/**
	 * Asks for a task, once.
	 *
	 * @param id a task id, or an external id where the service takes one in its place (API.md 3)
	 */
	query(route: KlingRoute, id: string, timeoutMs: number): Promise<TaskResponse>;
}

/** @param baseUrl see `readBaseUrl` */
export function klingService(context: ApiContext, baseUrl: string, clock: Clock): KlingService {
	return {
		create: async (route, body) => {
			const path = `/kling/v1/${route.path}`;
			const request = { method: 'POST' as const, path, body, timeoutMs: CREATE_TIMEOUT_MS };
			const reply = await apiRequest(context, baseUrl, request, clock);
			return reply.kind === 'answer' ? parseResponse(reply.answer) : reply;
		},
		query: async (route, id, timeoutMs) => {
			const path = `/kling/v1/${route.path}/${encodeURIComponent(id)}`;
			const reply = await apiRequest(context, baseUrl, { method: 'GET', path, timeoutMs }, clock);
			return reply.kind === 'answer' ? parseResponse(reply.answer, id) : reply;
		},
	};
}
