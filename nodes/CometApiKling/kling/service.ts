import type { Fault } from './errors/faults';
import type { KlingRoute } from './routes';
import type { KlingTask } from './task';

/** What a response contains: either a task or a fault. */
export type TaskResponse = { kind: 'task'; task: KlingTask } | { kind: 'fault'; fault: Fault };

/** The two requests that every Kling route takes. */
export interface KlingService {
	/**
	 * Sends a create request, once.
	 *
	 * @param externalTaskId the external ID in the body, which a rejection may name
	 */
	create(route: KlingRoute, body: Buffer, externalTaskId: string): Promise<TaskResponse>;
	/**
	 * Queries a task, once. The task in the response is the requested one; an ID that would lead to
	 * another route is rejected without a request.
	 *
	 * @param id a task ID, or an external ID if the service accepts one in its place
	 * (docs/maintainers/service-notes.md#tasks)
	 * @param externalTaskId the task's external ID, if it is known: the response may then contain
	 * another task ID; for a lookup by external ID it is the same as `id`
	 */
	query(
		route: KlingRoute,
		id: string,
		timeoutMs: number,
		externalTaskId?: string,
	): Promise<TaskResponse>;
}
