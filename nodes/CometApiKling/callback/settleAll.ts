import type { CallbackTask, Settled } from './settle';

/** A task that needs no more polls. */
export type Finished = Exclude<Settled, { kind: 'running' | 'unreadable' }>;

/** What a callback comes to for the execution that waits for several tasks. */
export type SettledAll =
	/** Another task still runs; its own callback will come. */
	| { kind: 'waiting' }
	/** The API contradicts the callback or cannot be read, so this callback should come again. */
	| { kind: 'unclear'; lastStatus: string }
	/** All tasks have ended, by their ids. */
	| { kind: 'finished'; tasks: ReadonlyMap<string, Finished> };

/** The task that a callback is about. */
export interface ClaimedTask {
	task: CallbackTask;
	/** Whether the callback claims its end; left open by a body without a known status. */
	hasEnded: boolean;
}

/**
 * Finds out whether all tasks of a waiting execution have ended. The claimed task is polled first,
 * then the others in rounds of one, two, four…: one that still runs is enough to go on waiting, and
 * yet hundreds of finished ones take few rounds.
 */
export async function settleAll(
	tasks: readonly CallbackTask[],
	claimed: ClaimedTask | undefined,
	poll: (task: CallbackTask, untilEnded: boolean) => Promise<Settled>,
): Promise<SettledAll> {
	const finished = new Map<string, Finished>();
	if (claimed) {
		const settled = await poll(claimed.task, claimed.hasEnded);
		if (settled.kind === 'running' && claimed.hasEnded) {
			return { kind: 'unclear', lastStatus: settled.task.status };
		}
		const result = note([[claimed.task, settled]], finished);
		if (result) return result;
	}
	const others = tasks.filter(({ taskId }) => taskId !== claimed?.task.taskId);
	for (let size = 1; others.length > 0; size *= 2) {
		const round = others.splice(0, size);
		const result = note(
			await Promise.all(
				round.map(
					async (task): Promise<[CallbackTask, Settled]> => [task, await poll(task, false)],
				),
			),
			finished,
		);
		if (result) return result;
	}
	return { kind: 'finished', tasks: finished };
}

/** Notes what has ended; returns the result once something has not. */
function note(
	round: Array<[CallbackTask, Settled]>,
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
