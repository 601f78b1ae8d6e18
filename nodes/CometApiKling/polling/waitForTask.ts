import type { Clock } from './time/clock';
import { Deadline, LAST_POLL_MS } from './deadline';
import type { Forecast } from './forecast/forecast';
import type { PacedTask, Pacer } from './limits/pacer';
import type { PollTask, WaitOutcome } from './pollResult';
import { pollWithTimeout } from './pollWithTimeout';
import { nextIntervalMs } from './forecast/schedule';

export interface WaitSettings {
	/** The maximum duration of the wait, in milliseconds. */
	maxWaitMs: number;
	/** The first interval between polls, in milliseconds. */
	firstIntervalMs: number;
	/** When the task was created, on the clock of the wait, if we have just created it. */
	createdAt?: number;
	/** Whether to poll right away, for example because the task may have ended already. */
	pollImmediately?: boolean;
	/** How long earlier tasks took. Read before each poll, since other tasks end in the meantime. */
	forecast?: () => Forecast | undefined;
	signal?: AbortSignal;
}

/** For this long after its creation, a server may not know a new task yet. */
export const NOT_FOUND_GRACE_MS = 15_000;

/** The service may ask for a longer pause than the schedule's, but it is limited to this. */
export const MAX_RETRY_AFTER_MS = 60_000;

/**
 * Waits until a task ends, the deadline passes, further polls are pointless or the signal aborts.
 * Never throws.
 *
 * No pause and no poll outlives the deadline, a last poll is made shortly before it, and nothing is
 * requested after an abort. If the computer was suspended beyond the deadline, the wait continues
 * for half a minute (see `Deadline`).
 */
export async function waitForTask<Task, Reason>(
	poll: PollTask<Task, Reason>,
	settings: WaitSettings,
	clock: Clock,
	pacer: Pacer,
): Promise<WaitOutcome<Task, Reason>> {
	const task = pacer.join();
	try {
		return await pollUntilEnd(poll, settings, clock, pacer, task);
	} finally {
		task.leave();
	}
}

async function pollUntilEnd<Task, Reason>(
	poll: PollTask<Task, Reason>,
	settings: WaitSettings,
	clock: Clock,
	pacer: Pacer,
	task: PacedTask,
): Promise<WaitOutcome<Task, Reason>> {
	const { signal } = settings;
	const startedAt = clock.now();
	const deadline = new Deadline(clock, settings.maxWaitMs, task);
	const createdAt = settings.createdAt ?? startedAt;
	// A task of an earlier execution has had enough time to become known.
	const graceUntil = (settings.createdAt ?? -Infinity) + NOT_FOUND_GRACE_MS;
	const tally = new StatusTally();
	const unknownStatuses = new Set<string>();
	let readableAt: number | undefined;
	let lastFault: string | undefined;
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
		await clock.sleep(Math.max(0, Math.min(pauseMs, deadline.lastPollAt() - clock.now())), signal);
		if (!signal?.aborted) await pacer.turn(signal, deadline.lastPollAt());
		if (signal?.aborted) return { kind: 'canceled', statusSummary: tally.summary() };

		const result = await pollWithTimeout(poll, deadline.beginPoll(), clock, signal);
		if (result.kind === 'ended') return { kind: 'ended', task: result.task };
		if (signal?.aborted) return { kind: 'canceled', statusSummary: tally.summary() };
		tally.add(result.kind === 'running' ? result.status : result.label);

		if (result.kind === 'running') {
			readableAt = clock.now();
			lastFault = undefined;
			if (!result.statusIsKnown) unknownStatuses.add(result.status);
		} else {
			const hasGrace = result.kind === 'notFound' && clock.now() < graceUntil;
			if (result.kind !== 'transient' && !hasGrace) {
				return { kind: 'stopped', reason: result.reason, statusSummary: tally.summary() };
			}
			lastFault = result.label;
		}
		if (deadline.hasPassed()) break;

		// Retry-After applies to this pause only: it is not stored and gets no jitter.
		const retryAfterMs = result.kind === 'transient' ? (result.retryAfterMs ?? 0) : 0;
		pauseMs = Math.max(intervalMs(), Math.min(retryAfterMs, MAX_RETRY_AFTER_MS));
	}

	const now = clock.now();
	const statusSummary = tally.summary();
	// A fault of the extra poll alone does not make the task unreadable.
	const wasReadable = readableAt !== undefined && now - readableAt <= LAST_POLL_MS;
	if (lastFault === undefined || wasReadable) {
		const elapsedMs = now - startedAt;
		return { kind: 'unfinished', elapsedMs, statusSummary, unknownStatuses: [...unknownStatuses] };
	}
	const unreadableMs = now - (readableAt ?? startedAt);
	return { kind: 'unreadable', unreadableMs, lastResponse: lastFault, statusSummary };
}

/** Counts the responses of a wait by their status or fault, for the message of a failed wait. */
class StatusTally {
	private readonly counts = new Map<string, number>();

	add(label: string): void {
		this.counts.set(label, (this.counts.get(label) ?? 0) + 1);
	}

	/** For example `processing x41, HTTP 503 x2`, in the order in which each appeared first. */
	summary(): string {
		if (this.counts.size === 0) return 'none';
		return [...this.counts].map(([label, count]) => `${label} x${count}`).join(', ');
	}
}
