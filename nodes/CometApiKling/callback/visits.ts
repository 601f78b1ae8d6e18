import type { PolledTask } from '../polling/pollTask';
import type { Settled } from './settle';

/**
 * State shared by the callbacks of one execution that are processed at the same time: tasks often
 * end together, and each of their callbacks needs the status of all of them.
 */
export class Visit {
	/** Set by the callback that found all tasks finished; only that one resumes the execution. */
	isResuming = false;
	private readonly ended = new Map<string, Settled>();
	private readonly polls = new Map<string, Promise<Settled>>();

	/** Polls a task unless it is known to have ended; joins a running poll of the same kind. */
	async settle(
		{ taskId }: PolledTask,
		untilEnded: boolean,
		poll: () => Promise<Settled>,
	): Promise<Settled> {
		const known = this.ended.get(taskId);
		if (known) return known;
		const key = `${untilEnded ? 'until ended' : 'once'}:${taskId}`;
		const joined = this.polls.get(key) ?? poll();
		this.polls.set(key, joined);
		try {
			const settled = await joined;
			if (settled.kind === 'ended') this.ended.set(taskId, settled);
			return settled;
		} finally {
			this.polls.delete(key);
		}
	}
}

/** The executions whose callbacks this process is handling, with the number of those callbacks. */
const visits = new Map<string, { visit: Visit; visitors: number }>();

/** Handles one callback with the state that it shares with simultaneous callbacks. */
export async function withVisit<T>(
	executionId: string,
	work: (visit: Visit) => Promise<T>,
): Promise<T> {
	const shared = visits.get(executionId) ?? { visit: new Visit(), visitors: 0 };
	visits.set(executionId, shared);
	shared.visitors++;
	try {
		return await work(shared.visit);
	} finally {
		shared.visitors--;
		if (shared.visitors === 0) visits.delete(executionId);
	}
}
