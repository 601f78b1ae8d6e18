import type { KlingTask } from '../kling/task';
import type { Job, StartedTask } from '../actions/job';
import type { Result } from '../actions/result';
import type { Run } from '../purchase/run';
import { lookOnce } from '../polling/pollTask';

/** A job whose task exists. */
export interface Submitted {
	job: Job;
	started: StartedTask;
	/** The task at its end, once that was seen. */
	ended?: KlingTask;
}

/** What of a run is needed to look at its tasks. */
export type LookingRun = Pick<Run, 'service' | 'pacer' | 'clock' | 'signal'>;

/** The answer to its create was a look as well, and Kling's tasks take minutes (API.md 7). */
const YOUNG_TASK_MS = 500;

/**
 * Makes sure that there is something to wait for. n8n turns callbacks away until it has stored the
 * waiting execution, so those of tasks that ended while other items were submitted, or while a
 * task of an earlier try was polled, are lost. That does no harm as long as one task still runs:
 * its callback will come, and then all are asked for. So one running task is looked for, the
 * newest first, and the ends that are met on the way are noted in `ended`.
 *
 * @throws Problem where the run is aborted
 */
export async function lookBeforeWaiting(
	run: LookingRun,
	results: Array<Result<Submitted>>,
): Promise<void> {
	const open = results.flatMap((result) => (result.ok && !result.value.ended ? result.value : []));
	open.sort((one, other) => madeAt(other) - madeAt(one));
	for (const submitted of open) {
		if (run.clock.now() - madeAt(submitted) < YOUNG_TASK_MS) return;
		submitted.ended = await endSeenNow(run, submitted);
		if (!submitted.ended) return;
	}
}

async function endSeenNow(
	run: LookingRun,
	{ job, started }: Submitted,
): Promise<KlingTask | undefined> {
	const task = await lookOnce(run, job, started.taskId).catch((error: unknown) => {
		if (run.signal.aborted) throw error;
		// It will call back, or its id comes out when the time is up.
		return undefined;
	});
	return task?.state === 'running' ? undefined : task;
}

function madeAt({ started }: Submitted): number {
	return started.madeAt ?? 0;
}
