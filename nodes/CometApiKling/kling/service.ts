import type { TaskResponse } from './parseResponse';
import type { KlingRoute } from './routes';

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
