import type { Clock } from './clock';
import type { Forecast } from './forecast';
import { onAbort } from './onAbort';
import type { Pacer } from './pacer';
import { nextIntervalMs } from './schedule';
import { StatusTally } from './statusTally';

/** What one look at a task found. */
export type PollResult<Task, Reason> =
	| { kind: 'running'; status: string; statusIsKnown: boolean }
	| { kind: 'ended'; status: string; task: Task }
	/** The answer said nothing of the task; asking again can help. */
	| { kind: 'trouble'; label: string; retryAfterMs?: number }
	/** The service does not know the task (yet). */
	| { kind: 'absent'; label: string; reason: Reason }
	/** Asking again is pointless. */
	| { kind: 'hopeless'; label: string; reason: Reason };

/** How a wait ended. */
export type WaitOutcome<Task, Reason> =
	| { kind: 'ended'; task: Task }
	| { kind: 'stopped'; reason: Reason; seen: string }
	/** Still running at the deadline. */
	| { kind: 'unfinished'; elapsedMs: number; seen: string; unknownStatuses: string[] }
	/** At the deadline the task had not been readable for a while. */
	| { kind: 'unreadable'; unreadableMs: number; lastAnswer: string; seen: string }
	| { kind: 'canceled'; seen: string };

export interface WaitSettings {
	/** How long the wait may take, from its start, in milliseconds. */
	maxWaitMs: number;
	/** The first interval between looks, in milliseconds. */
	firstIntervalMs: number;
	/** When the task was made, in Unix milliseconds, if that was just now and by us. */
	createdAt?: number;
	/** Whether to look at once, as for a task that may be done already. */
	pollImmediately?: boolean;
	/** What earlier tasks took; read anew before each look, as others may end meanwhile. */
	forecast?: () => Forecast | undefined;
	signal?: AbortSignal;
}

/**
 * Looks at the task, once. It should give up by itself after `timeoutMs`; the wait does not
 * depend on it. A look that throws counts as an answer that cannot be read.
 */
export type PollTask<Task, Reason> = (timeoutMs: number) => Promise<PollResult<Task, Reason>>;

/** A look that takes longer than this is given up, and the next one made: answers take a second. */
export const POLL_TIMEOUT_MS = 30_000;

/** A new task may be unknown to the machine that answers, for this long after it was made. */
export const ABSENT_GRACE_MS = 15_000;

/** Room left for the last look, so that its answer comes before the deadline. */
export const LAST_POLL_MS = 1_500;

/** Of a short wait, no more than this share is given up for the last look. */
const LAST_POLL_SHARE = 0.25;

/** The service may ask for a longer pause than the schedule's; more than this is not believed. */
export const MAX_RETRY_AFTER_MS = 60_000;

/**
 * Waits until a task ends, the deadline is reached, asking becomes pointless or the signal
 * aborts; the rules are those of SPEC 5. Never throws.
 *
 * No sleep and no look outlives the deadline, a last look is made shortly before it, and nothing
 * is asked after an abort.
 */
export async function waitForTask<Task, Reason>(
	look: PollTask<Task, Reason>,
	settings: WaitSettings,
	clock: Clock,
	pacer: Pacer,
): Promise<WaitOutcome<Task, Reason>> {
	const { signal } = settings;
	const startedAt = clock.now();
	const deadline = startedAt + settings.maxWaitMs;
	const lastPollAt = deadline - Math.min(LAST_POLL_MS, settings.maxWaitMs * LAST_POLL_SHARE);
	const createdAt = settings.createdAt ?? startedAt;
	// A task that was there before has had its time to become known.
	const graceUntil = (settings.createdAt ?? -Infinity) + ABSENT_GRACE_MS;
	const tally = new StatusTally();
	const unknownStatuses = new Set<string>();
	let readableAt = startedAt;
	let trouble: string | undefined;
	let pauseMs = settings.pollImmediately ? 0 : intervalMs();

	function intervalMs(): number {
		return nextIntervalMs({
			ageMs: clock.now() - createdAt,
			firstIntervalMs: settings.firstIntervalMs,
			forecast: settings.forecast?.(),
			random: clock.random(),
		});
	}

	for (;;) {
		const now = clock.now();
		const pollAt = Math.min(now + pauseMs, lastPollAt);
		await clock.sleep(Math.max(0, pollAt - now), signal);
		if (!signal?.aborted) await pacer.turn(signal, deadline - 1);
		if (signal?.aborted) return { kind: 'canceled', seen: tally.toString() };

		// Timers may be early, and the turn late.
		const isLast = Math.max(pollAt, clock.now()) >= lastPollAt;
		const seen = await pollWithTimeout(look, deadline, clock, signal);
		if (seen.kind === 'ended') return { kind: 'ended', task: seen.task };
		if (signal?.aborted) return { kind: 'canceled', seen: tally.toString() };
		tally.add(seen.kind === 'running' ? seen.status : seen.label);

		if (seen.kind === 'running') {
			readableAt = clock.now();
			trouble = undefined;
			if (!seen.statusIsKnown) unknownStatuses.add(seen.status);
		} else {
			const inGrace = clock.now() < graceUntil;
			if (seen.kind === 'hopeless' || (seen.kind === 'absent' && !inGrace)) {
				return { kind: 'stopped', reason: seen.reason, seen: tally.toString() };
			}
			trouble = seen.label;
		}

		if (isLast || clock.now() >= deadline) {
			return trouble === undefined
				? {
						kind: 'unfinished',
						elapsedMs: settings.maxWaitMs,
						seen: tally.toString(),
						unknownStatuses: [...unknownStatuses],
					}
				: {
						kind: 'unreadable',
						unreadableMs: deadline - readableAt,
						lastAnswer: trouble,
						seen: tally.toString(),
					};
		}
		// The service's wish counts for this pause only: it is neither kept nor jittered.
		const retryAfterMs = seen.kind === 'trouble' ? (seen.retryAfterMs ?? 0) : 0;
		pauseMs = Math.max(intervalMs(), Math.min(retryAfterMs, MAX_RETRY_AFTER_MS));
	}
}

/** A look that is given up at its time-out, at the deadline or at an abort, whatever `look` does. */
async function pollWithTimeout<Task, Reason>(
	look: PollTask<Task, Reason>,
	deadline: number,
	clock: Clock,
	signal: AbortSignal | undefined,
): Promise<PollResult<Task, Reason>> {
	const timeoutMs = Math.max(0, Math.min(POLL_TIMEOUT_MS, deadline - clock.now()));
	const giveUp = new AbortController();
	const unsubscribe = onAbort(signal, () => giveUp.abort());
	try {
		return await Promise.race([
			look(timeoutMs).catch(
				(): PollResult<Task, Reason> => ({ kind: 'trouble', label: 'failed look' }),
			),
			clock
				.sleep(timeoutMs, giveUp.signal)
				.then((): PollResult<Task, Reason> => ({ kind: 'trouble', label: 'no answer' })),
		]);
	} finally {
		unsubscribe();
		giveUp.abort();
	}
}
