import type { KlingTask } from '../kling/task';
import type { Job } from '../actions/job';
import type { StartedTask } from '../purchase/startTask';
import type { Result } from '../actions/result';
import { pollOnce, type Poller } from '../polling/pollTask';

/** A job whose task exists. */
export interface Submitted {
	job: Job;
	started: StartedTask;
	/** The task at its end, once that was seen. */
	ended?: KlingTask;
}

/** What of a run is needed to look at its tasks. */
export type PollingRun = Poller;

/** The answer to its create was a look as well, and Kling's tasks take minutes (API.md 7). */
const YOUNG_TASK_MS = 500;

/**
 * Makes sure that there is something to wait for. n8n turns callbacks away until it has stored the
 * waiting execution, so those of tasks that ended while other items were submitted, or while a
 * task of an earlier try was polled, are lost. That does no harm as long as one task still runs:
 * its callback will come, and then all are asked for. So one running task is looked for, the
 * newest first, and the ends that are met on the way are noted in `ended`.
 *
 * @throws UserError where the run is aborted
 */
export async function pollBeforeSuspending(
	run: PollingRun,
	results: Array<Result<Submitted>>,
): Promise<void> {
	const open = results.flatMap((result) => (result.ok && !result.value.ended ? result.value : []));
	open.sort((one, other) => createdAt(other) - createdAt(one));
	for (const submitted of open) {
		if (run.clock.now() - createdAt(submitted) < YOUNG_TASK_MS) return;
		submitted.ended = await pollIfFinished(run, submitted);
		if (!submitted.ended) return;
	}
}

async function pollIfFinished(
	run: PollingRun,
	{ started }: Submitted,
): Promise<KlingTask | undefined> {
	const task = await pollOnce(run, started).catch((error: unknown) => {
		if (run.signal.aborted) throw error;
		// It will call back, or its id comes out when the time is up.
		return undefined;
	});
	return task?.state === 'running' ? undefined : task;
}

function createdAt({ started }: Submitted): number {
	return started.createdAt ?? 0;
}
