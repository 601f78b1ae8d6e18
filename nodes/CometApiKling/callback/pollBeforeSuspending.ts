import type { KlingTask } from '../kling/task';
import type { StartedTask } from '../purchase/createTaskOnce';
import { pollOnce, type Poller } from '../polling/pollTask';

/** A task that was created or found. */
export interface SubmittedTask {
	started: StartedTask;
	/** The finished task, once a poll has shown that it has ended. */
	ended?: KlingTask;
}

/**
 * A younger task is not polled: the response to its create request already contained its status,
 * and Kling's tasks take minutes (docs/maintainers/service-notes.md#task-times-and-client-behavior).
 */
const YOUNG_TASK_MS = 500;

/**
 * Makes sure that there is something to wait for. n8n rejects callbacks until it has stored the
 * waiting execution. If a task ends before that, while other items are submitted or a task of an
 * earlier try is polled, its callback is lost. That is harmless while one task still runs: when its
 * callback comes, all tasks are polled. So look for a running task, newest first, and record the
 * finished tasks found on the way in `ended`.
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
		// It will call back, or its ID is output when the time is up.
		return undefined;
	});
	return task?.state === 'running' ? undefined : task;
}

function createdAt({ started }: SubmittedTask): number {
	return started.createdAt ?? 0;
}
