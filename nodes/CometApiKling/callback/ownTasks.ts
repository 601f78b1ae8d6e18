import { isRecord, type JsonRecord } from '../kling/json';
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

	/** Adds the external ID of a request that is about to be sent together with the resume URL. */
	add(externalTaskId: string): void {
		if (!this.ids()) this.context[OWN_TASKS_KEY] = { executionId: this.executionId, ids: {} };
		const ids = this.ids();
		if (ids) ids[externalTaskId] = true;
	}

	/** Whether the task's callbacks go to this execution. */
	has({ createdAt, externalTaskId }: StartedTask): boolean {
		if (createdAt !== undefined) return true;
		return externalTaskId !== undefined && this.ids()?.[externalTaskId] === true;
	}

	/** Removes all entries when the node no longer needs them. */
	clear(): void {
		delete this.context[OWN_TASKS_KEY];
	}

	/** An object, so that the time per task does not depend on their number. */
	private ids(): JsonRecord | undefined {
		const stored = this.context[OWN_TASKS_KEY];
		if (!isRecord(stored) || stored.executionId !== this.executionId) return undefined;
		return isRecord(stored.ids) ? stored.ids : undefined;
	}
}
