import type { Fault } from '../kling/errors/faults';
import { redact } from '../kling/errors/redact';
import type { KlingTask } from '../kling/task';
import { toPollResult, type PolledTask, type Poller } from '../polling/pollTask';
import { waitForTask } from '../polling/waitForTask';

/** What the API reports about a task after a callback. */
export type Settled =
	| { kind: 'ended' | 'running'; task: KlingTask }
	/** The API cannot find the task, or its ID cannot be queried. */
	| { kind: 'hopeless'; fault: Fault }
	/**
	 * The API returned no task. Nothing but "not found" says anything about the task: even a rejected
	 * key or a web page can be an outage.
	 */
	| { kind: 'unreadable'; lastStatus: string };

/**
 * How long to poll a task after a callback. The API may lag behind its own callback by a few
 * seconds, and expects fast responses (docs/maintainers/service-notes.md#callbacks); senders of
 * webhooks commonly wait for ten seconds.
 */
export const PATIENCE_MS = 8_000;

const INTERVAL_MS = 1_000;

/**
 * Polls a task for a few seconds, until the API returns it.
 *
 * @param untilEnded whether to poll a running task again because a callback suggests that it ended
 * @param otherNames the same task under other IDs: after a poll without a task, the next ID is
 * queried, and after the last one the first again
 */
export async function settle(
	run: Poller,
	task: PolledTask,
	untilEnded: boolean,
	otherNames: readonly PolledTask[] = [],
): Promise<Settled> {
	let running: KlingTask | undefined;
	let asked = task;
	const nextNames = [...otherNames];
	const outcome = await waitForTask<KlingTask, Fault>(
		async (timeoutMs) => {
			const { route, taskId, externalTaskId } = asked;
			const response = await run.service.query(route, taskId, timeoutMs, externalTaskId);
			if (response.kind === 'task') {
				running = response.task;
			} else {
				nextNames.push(asked);
				asked = nextNames.shift() ?? asked;
			}
			const result = toPollResult(response);
			if (result.kind === 'permanent' && result.reason.kind !== 'invalidId') {
				return { kind: 'transient', label: result.label };
			}
			return result.kind === 'running' && running && !untilEnded
				? { kind: 'ended', status: result.status, task: running }
				: result;
		},
		{
			maxWaitMs: PATIENCE_MS,
			firstIntervalMs: INTERVAL_MS,
			createdAt: task.createdAt,
			pollImmediately: true,
			signal: run.signal,
		},
		run.clock,
		run.pacer,
	);
	switch (outcome.kind) {
		case 'ended':
			return { kind: outcome.task.state === 'running' ? 'running' : 'ended', task: outcome.task };
		case 'unfinished':
			return running
				? { kind: 'running', task: running }
				: { kind: 'unreadable', lastStatus: redact(outcome.statusSummary) };
		case 'stopped':
			return { kind: 'hopeless', fault: outcome.reason };
		case 'unreadable':
		case 'canceled':
			return { kind: 'unreadable', lastStatus: redact(outcome.statusSummary) };
	}
}
