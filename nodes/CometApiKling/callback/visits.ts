import type { CallbackTask, Settled } from './settle';

/**
 * What the callbacks of one execution share while they are answered at the same time: tasks often
 * end together, and each of their callbacks asks for all of them.
 */
export class Visit {
	/** Set by the callback that found all tasks at their end; the others then leave it to it. */
	isResuming = false;
	private readonly ended = new Map<string, Settled>();
	private readonly polls = new Map<string, Promise<Settled>>();

	/** Polls a task, unless its end is known; joins a poll of the same kind that is under way. */
	async settle(
		{ taskId }: CallbackTask,
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

/** The executions whose callbacks this process is answering, with the number of those callbacks. */
const visits = new Map<string, { visit: Visit; visitors: number }>();

/** Runs the work of one callback with what the execution's other callbacks of this moment share. */
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
