import { parseResponse } from '../kling/parseResponse';
import type { KlingService } from '../kling/service';
import type { Clock } from '../polling/clock';
import { apiRequest, type ApiContext } from './apiRequest';

/** Uploads of up to 20 MB over a slow line, and a gateway that answers only when Kling has. */
const CREATE_TIMEOUT_MS = 180_000;

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
