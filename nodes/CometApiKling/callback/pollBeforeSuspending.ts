import type { KlingTask } from '../kling/task';
import type { StartedTask } from '../purchase/planTasks';
import { pollOnce, type Poller } from '../polling/pollTask';

/** A task that exists. */
export interface SubmittedTask {
	started: StartedTask;
	/** The task at its end, once that was seen. */
	ended?: KlingTask;
}

/**
 * The response to its create was a poll as well, and Kling's tasks take minutes
 * (docs/maintainers/service-notes.md#task-times-and-habits).
 */
const YOUNG_TASK_MS = 500;

/**
 * Makes sure that there is something to wait for. n8n turns callbacks away until it has stored the
 * waiting execution, so those of tasks that ended while other items were submitted, or while a
 * task of an earlier try was polled, are lost. That does no harm as long as one task still runs:
 * its callback will come, and then all are asked for. So one running task is looked for, the
 * newest first, and the ends that are found on the way are noted in `ended`.
 *
 * @throws UserError if the run is aborted
 */
export async function pollBeforeSuspending(run: Poller, submitted: SubmittedTask[]): Promise<void> {
	const open = submitted.filter(({ ended }) => !ended);
	open.sort((one, other) => createdAt(other) - createdAt(one));
	for (const task of open) {
		if (run.clock.now() - createdAt(task) < YOUNG_TASK_MS) return;
		task.ended = await pollIfFinished(run, task);
		if (!task.ended) return;
	}
}

async function pollIfFinished(
	run: Poller,
	{ started }: SubmittedTask,
): Promise<KlingTask | undefined> {
	const task = await pollOnce(run, started).catch((error: unknown) => {
		if (run.signal.aborted) throw error;
		// It will call back, or its id comes out when the time is up.
		return undefined;
	});
	return task?.state === 'running' ? undefined : task;
}

function createdAt({ started }: SubmittedTask): number {
	return started.createdAt ?? 0;
}
