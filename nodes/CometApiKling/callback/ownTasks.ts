import { isRecord } from '../kling/json';
import type { StartedTask } from '../purchase/createTaskOnce';

/** The key of the external IDs in the node's context. */
const OWN_TASKS_KEY = 'tasksThatCallBack';

/**
 * The tasks that were created with the resume URL of this very execution, by external ID.
 *
 * The node waits for their callbacks when Retry On Fail runs it again. A task of an earlier
 * execution calls back to that one: Retry execution gives the new execution a new ID, and thus
 * a new resume URL (n8n 2.40, `execution.service`), so such a task has to be polled.
 */
export class OwnTasks {
	/** @param context the node's context, which is kept between tries; changed in place */
	constructor(
		private readonly context: Record<string, unknown>,
		private readonly executionId: string,
	) {}

	/** Adds an external ID that is about to be sent together with the resume URL. */
	add(externalTaskId: string): void {
		const ids = this.ids();
		if (ids.includes(externalTaskId)) return;
		const { executionId } = this;
		this.context[OWN_TASKS_KEY] = { executionId, ids: [...ids, externalTaskId] };
	}

	/** Whether the task's callbacks go to this execution. */
	has({ createdAt, externalTaskId }: StartedTask): boolean {
		return createdAt !== undefined || this.ids().includes(externalTaskId);
	}

	/** Removes all entries when the node no longer needs them. */
	clear(): void {
		delete this.context[OWN_TASKS_KEY];
	}

	private ids(): unknown[] {
		const stored = this.context[OWN_TASKS_KEY];
		if (!isRecord(stored) || stored.executionId !== this.executionId) return [];
		return Array.isArray(stored.ids) ? stored.ids : [];
	}
}
