import { canAskAgain, labelOf, type Fault } from '../kling/errors/faults';
import type { KlingService, TaskResponse } from '../kling/service';
import type { KlingRoute } from '../kling/routes';
import { taskDurationMs, type KlingTask } from '../kling/task';
import { faultToUserError } from '../kling/errors/userError';
import type { Clock } from './time/clock';
import { POLL_TIMEOUT_MS } from './deadline';
import type { ForecastStore, TaskSize } from './forecast/forecastStore';
import { onAbort } from './time/onAbort';
import type { Pacer } from './limits/pacer';
import type { PollResult, WaitOutcome } from './pollResult';
import { retry } from './time/retry';
import { toWaitError } from './waitError';
import { waitForTask } from './waitForTask';

/** What polling needs besides the task. */
export interface Poller {
	service: KlingService;
	clock: Clock;
	pacer: Pacer;
	/** Aborts when no more requests may be sent. */
	signal: AbortSignal;
}

/** A poller that learns how long tasks take. */
export interface LearningPoller extends Poller {
	forecasts: ForecastStore;
}

/** How long to wait, and how often to poll at first. */
export interface WaitLimits {
	maxWaitMs: number;
	firstIntervalMs: number;
}

/** A task that exists. */
export interface PolledTask {
	route: KlingRoute;
	taskId: string;
	/** The ID by which the API may also know the task: a response may contain another task ID. */
	externalTaskId?: string;
	/** When it was created, on the poller's clock. Left out for a task of an earlier execution. */
	createdAt?: number;
	/** The kind and size of the task, for forecasts. */
	size?: TaskSize;
}

/**
 * Waits until a task ends, and learns from its duration.
 *
 * @throws UserError with the task ID, the statuses and what to do, if the wait ends before the task
 */
export async function waitForEnd(
	poller: LearningPoller,
	polled: PolledTask,
	limits: WaitLimits,
): Promise<KlingTask> {
	const outcome = await waitAndLearn(poller, polled, limits, poller.signal);
	if (outcome.kind !== 'ended') throw toWaitError(outcome, polled.taskId);
	return outcome.task;
}

/**
 * Waits for the end of a task like `waitForEnd`, but only until another signal aborts.
 *
 * @returns `undefined` if that signal aborts first
 */
export async function waitForEndUntil(
	poller: LearningPoller,
	polled: PolledTask,
	limits: WaitLimits,
	until: AbortSignal,
): Promise<KlingTask | undefined> {
	const either = new AbortController();
	const unsubscribes = [poller.signal, until].map((signal) =>
		onAbort(signal, () => either.abort()),
	);
	const outcome = await waitAndLearn(poller, polled, limits, either.signal);
	unsubscribes.forEach((unsubscribe) => unsubscribe());
	if (outcome.kind === 'ended') return outcome.task;
	if (outcome.kind === 'canceled' && !poller.signal.aborted) return undefined;
	throw toWaitError(outcome, polled.taskId);
}

async function waitAndLearn(
	{ service, clock, pacer, forecasts }: LearningPoller,
	{ route, taskId, externalTaskId, createdAt, size }: PolledTask,
	limits: WaitLimits,
	signal: AbortSignal,
): Promise<WaitOutcome<KlingTask, Fault>> {
	const outcome = await waitForTask<KlingTask, Fault>(
		async (timeoutMs) =>
			toPollResult(await service.query(route, taskId, timeoutMs, externalTaskId)),
		{
			...limits,
			createdAt,
			// A task of an earlier execution may have finished long ago.
			pollImmediately: createdAt === undefined,
			...(size && { forecast: () => forecasts.forecast(size) }),
			signal,
		},
		clock,
		pacer,
	);
	if (size && createdAt !== undefined && outcome.kind === 'ended') {
		const { task } = outcome;
		// Times in an unknown unit or time zone can be far off, but no task ends after we saw its end.
		const seenMs = clock.now() - createdAt;
		if (task.state === 'succeeded')
			forecasts.add(size, Math.min(taskDurationMs(task) ?? seenMs, seenMs));
	}
	return outcome;
}

/** Pauses before a single poll is repeated after a temporary fault. */
const POLL_RETRY_PAUSES_MS = [1_000, 4_000];

/**
 * Polls a task once, whatever its status, and repeats the poll after temporary faults.
 *
 * @throws UserError with the task ID if the task cannot be read
 */
export async function pollOnce(
	poller: Poller,
	{ route, taskId, externalTaskId }: PolledTask,
): Promise<KlingTask> {
	const { service, pacer, signal } = poller;
	const throwIfCanceled = (): void => {
		if (signal.aborted) throw toWaitError({ kind: 'canceled', statusSummary: 'none' }, taskId);
	};
	const response = await retry(
		poller,
		POLL_RETRY_PAUSES_MS,
		async () => {
			await pacer.turn(signal);
			throwIfCanceled();
			return await service.query(route, taskId, POLL_TIMEOUT_MS, externalTaskId);
		},
		(result) => result.kind !== 'task' && canAskAgain(result.fault),
	);
	if (response.kind === 'task') return response.task;
	throwIfCanceled();
	throw faultToUserError(response.fault, { taskId });
}

/** What a response means for a wait. */
export function toPollResult(response: TaskResponse): PollResult<KlingTask, Fault> {
	if (response.kind === 'task') {
		const { task } = response;
		if (task.state !== 'running') return { kind: 'ended', status: task.status, task };
		return { kind: 'running', status: task.status, statusIsKnown: task.statusIsKnown };
	}
	const { fault } = response;
	const label = labelOf(fault);
	if (canAskAgain(fault)) return { kind: 'transient', label, retryAfterMs: fault.retryAfterMs };
	return { kind: fault.kind === 'notFound' ? 'notFound' : 'permanent', label, reason: fault };
}
