import type { PolledTask } from '../polling/pollTask';
import type { Settled } from './settle';

/** A task that needs no more polls. */
export type Finished = Exclude<Settled, { kind: 'running' | 'unreadable' }>;

/** The outcome of a callback for an execution that waits for several tasks. */
export type SettledAll =
	/** A task still runs; its own callback will come. */
	| { kind: 'waiting' }
	/** The API contradicts the callback or returns nothing usable, so the sender should repeat it. */
	| { kind: 'unclear'; lastStatus: string }
	/** All tasks have ended; the keys are their IDs. */
	| { kind: 'finished'; tasks: ReadonlyMap<string, Finished> };

/**
 * Finds out whether all tasks of a waiting execution have ended. The claimed task is polled first,
 * then the others in rounds of one, two, four…: one running task is enough to keep waiting, and
 * hundreds of finished tasks need only a few rounds.
 *
 * @param claimed the task that a callback is about, unless the callback says that it is running;
 * polled until it ends, even if the callback has no status, or one that this node does not know
 */
export async function settleAll(
	tasks: readonly PolledTask[],
	claimed: PolledTask | undefined,
	poll: (task: PolledTask, untilEnded: boolean) => Promise<Settled>,
): Promise<SettledAll> {
	const finished = new Map<string, Finished>();
	if (claimed) {
		const settled = await poll(claimed, true);
		if (settled.kind === 'running') {
			return { kind: 'unclear', lastStatus: settled.task.status };
		}
		const result = note([[claimed, settled]], finished);
		if (result) return result;
	}
	const others = tasks.filter(({ taskId }) => taskId !== claimed?.taskId);
	for (let size = 1; others.length > 0; size *= 2) {
		const round = others.splice(0, size);
		const result = note(
			await Promise.all(
				round.map(async (task): Promise<[PolledTask, Settled]> => [task, await poll(task, false)]),
			),
			finished,
		);
		if (result) return result;
	}
	return { kind: 'finished', tasks: finished };
}

/** Records a finished task; returns the outcome if the task has not finished. */
function note(
	round: Array<[PolledTask, Settled]>,
	finished: Map<string, Finished>,
): SettledAll | undefined {
	let unclear: SettledAll | undefined;
	for (const [{ taskId }, settled] of round) {
		if (settled.kind === 'running') return { kind: 'waiting' };
		if (settled.kind === 'unreadable') {
			unclear = { kind: 'unclear', lastStatus: settled.lastStatus };
		} else {
			finished.set(taskId, settled);
		}
	}
	return unclear;
}
