import type { PolledTask } from '../polling/pollTask';
import { hostClock } from '../transport/hostClock';
import type { Settled } from './settle';

/**
 * A callback that arrives at the end of another one's polls polls again if it has waited for less
 * than this. Together with `PATIENCE_MS`, that takes no longer than the ten seconds for which
 * senders of webhooks commonly wait.
 */
const MIN_PATIENCE_MS = 2_000;

/**
 * State shared by the callbacks of one wait that are processed at the same time: tasks often end
 * together, and each of their callbacks needs the status of all of them.
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
		const key = `${untilEnded ? 'until ended' : 'once'}:${taskId}`;
		const since = hostClock.now();
		for (;;) {
			const known = this.ended.get(taskId);
			if (known) return known;
			const running = this.polls.get(key);
			const settled = await (running ?? this.start(key, taskId, poll));
			const isOpen = settled.kind === 'unreadable' || (settled.kind === 'running' && untilEnded);
			const hasJoinedLate = running && hostClock.now() - since < MIN_PATIENCE_MS;
			if (!isOpen || !hasJoinedLate) return settled;
		}
	}

	private async start(key: string, taskId: string, poll: () => Promise<Settled>): Promise<Settled> {
		const polling = poll();
		this.polls.set(key, polling);
		try {
			const settled = await polling;
			if (settled.kind === 'ended') this.ended.set(taskId, settled);
			return settled;
		} finally {
			this.polls.delete(key);
		}
	}
}

/** The waits whose callbacks this process is handling, with the number of those callbacks. */
const visits = new Map<string, { visit: Visit; visitors: number }>();

/**
 * Handles one callback with the state that it shares with simultaneous callbacks.
 *
 * @param tasks the awaited tasks: in a loop, an execution waits again, for other tasks, while a
 * callback of its earlier wait may still be processed
 */
export async function withVisit<T>(
	executionId: string,
	tasks: readonly PolledTask[],
	work: (visit: Visit) => Promise<T>,
): Promise<T> {
	const wait = JSON.stringify([executionId, ...tasks.map(({ taskId }) => taskId)]);
	const shared = visits.get(wait) ?? { visit: new Visit(), visitors: 0 };
	visits.set(wait, shared);
	shared.visitors++;
	try {
		return await work(shared.visit);
	} finally {
		shared.visitors--;
		if (shared.visitors === 0) visits.delete(wait);
	}
}
