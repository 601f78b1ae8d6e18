import { canAskAgain, labelOf, type Fault } from '../kling/faults';
import type { TaskResponse } from '../kling/parseResponse';
import type { KlingTask } from '../kling/task';
import { onAbort } from './onAbort';
import { POLL_TIMEOUT_MS, waitForTask, type PollResult, type WaitOutcome } from './waitForTask';
import type { KlingRoute } from '../kling/routes';
import { faultToUserError, UserError, type UserErrorDetails } from '../kling/userError';
import type { KlingService } from '../kling/service';
import type { Clock } from './clock';
import type { ForecastStore, TaskSize } from './forecastStore';
import type { Pacer } from './pacer';

/** What polling needs besides the task. */
export interface Poller {
	service: KlingService;
	clock: Clock;
	pacer: Pacer;
	/** Aborts when nothing may be requested anymore. */
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
	/** When it was created, in Unix milliseconds; left out for a task of an earlier execution. */
	createdAt?: number;
	/** What tasks of this kind are remembered under, and how large this one is; for forecasts. */
	size?: TaskSize;
}

/**
 * Waits for a task's end, and remembers what it took.
 *
 * @throws UserError with the task id, what was seen and what to do, where the end was not seen
 */
export async function waitForEnd(
	run: LearningPoller,
	started: PolledTask,
	wait: WaitLimits,
): Promise<KlingTask> {
	const outcome = await observe(run, started, wait, run.signal);
	if (outcome.kind !== 'ended') throw toUserError(outcome, started.taskId);
	return outcome.task;
}

/**
 * Waits for a task's end like `waitForEnd`, but no longer than until something else happens.
 *
 * @returns `undefined` where that came first
 */
export async function waitForEndUntil(
	run: LearningPoller,
	started: PolledTask,
	wait: WaitLimits,
	until: AbortSignal,
): Promise<KlingTask | undefined> {
	const either = new AbortController();
	const unsubscribe = [run.signal, until].map((signal) => onAbort(signal, () => either.abort()));
	const outcome = await observe(run, started, wait, either.signal);
	unsubscribe.forEach((stop) => stop());
	if (outcome.kind === 'ended') return outcome.task;
	if (outcome.kind === 'canceled' && !run.signal.aborted) return undefined;
	throw toUserError(outcome, started.taskId);
}

type TaskOutcome = WaitOutcome<KlingTask, Fault>;

async function observe(
	run: LearningPoller,
	started: PolledTask,
	wait: WaitLimits,
	signal: AbortSignal,
): Promise<TaskOutcome> {
	const { size } = started;
	const outcome = await waitForTask<KlingTask, Fault>(
		async (timeoutMs) =>
			toPollResult(await run.service.query(started.route, started.taskId, timeoutMs)),
		{
			...wait,
			createdAt: started.createdAt,
			// A task that was there before may have ended long ago.
			pollImmediately: started.createdAt === undefined,
			...(size && { forecast: () => run.forecasts.forecast(size) }),
			signal,
		},
		run.clock,
		run.pacer,
	);
	if (outcome.kind === 'ended' && outcome.task.state === 'succeeded') {
		if (size && started.createdAt !== undefined) {
			run.forecasts.add(size, timeTaken(outcome.task) ?? run.clock.now() - started.createdAt);
		}
	}
	return outcome;
}

/** Pauses between the tries of a single look, where the answer was of the passing kind. */
const POLL_RETRY_PAUSES_MS = [1_000, 4_000];

/**
 * Looks at a task once, whatever its status.
 *
 * @throws UserError with the task id where it cannot be read
 */
export async function pollOnce(run: Poller, { route, taskId }: PolledTask): Promise<KlingTask> {
	for (let attempt = 0; ; attempt++) {
		await run.pacer.turn(run.signal);
		if (run.signal.aborted) throw canceledProblem(taskId, 'nothing');
		const answer = await run.service.query(route, taskId, POLL_TIMEOUT_MS);
		if (answer.kind === 'task') return answer.task;
		const pauseMs = POLL_RETRY_PAUSES_MS[attempt];
		if (!canAskAgain(answer.fault) || pauseMs === undefined)
			throw faultToUserError(answer.fault, { taskId });
		await run.clock.sleep(pauseMs, run.signal);
	}
}

/** What an answer says to someone who waits. */
export function toPollResult(answer: TaskResponse): PollResult<KlingTask, Fault> {
	if (answer.kind === 'task') {
		const { task } = answer;
		if (task.state !== 'running') return { kind: 'ended', status: task.status, task };
		return { kind: 'running', status: task.status, statusIsKnown: task.statusIsKnown };
	}
	const { fault } = answer;
	const label = labelOf(fault);
	if (canAskAgain(fault)) return { kind: 'trouble', label, retryAfterMs: fault.retryAfterMs };
	return { kind: fault.kind === 'notFound' ? 'absent' : 'hopeless', label, reason: fault };
}

/** The service's own measure, in milliseconds, free of the time that passed between two looks. */
function timeTaken(task: KlingTask): number | undefined {
	const { created_at: created, updated_at: updated } = task.raw;
	return typeof created === 'number' && typeof updated === 'number' && updated > created
		? updated - created
		: undefined;
}

function toUserError(outcome: Exclude<TaskOutcome, { kind: 'ended' }>, taskId: string): UserError {
	switch (outcome.kind) {
		case 'stopped': {
			const problem = faultToUserError(outcome.reason, { taskId });
			return withAdvice(problem, `${problem.details.advice} Seen so far: ${outcome.seen}.`);
		}
		case 'unfinished': {
			const words = outcome.unknownStatuses.map((status) => `"${status}"`).join(', ');
			const unknown = words === '' ? '' : ` The status ${words} is not known to this node.`;
			return new UserError(
				`Task ${taskId} did not finish within ${seconds(outcome.elapsedMs)} seconds`,
				{
					advice: `Seen: ${outcome.seen}.${unknown} ${HOW_TO_GO_ON} Raise Max Wait to wait longer.`,
					taskId,
				},
			);
		}
		case 'unreadable':
			return new UserError(
				`Task ${taskId} could not be checked for ${seconds(outcome.unreadableMs)} seconds: ${outcome.lastAnswer}`,
				{ advice: `Seen: ${outcome.seen}. ${HOW_TO_GO_ON}`, taskId },
			);
		case 'canceled':
			return canceledProblem(taskId, outcome.seen);
	}
}

const HOW_TO_GO_ON =
	'The task itself may still finish: fetch it with the Get Task operation, or use Retry execution to go on waiting for it without paying again.';

function canceledProblem(taskId: string, seen: string): UserError {
	return new UserError(`The wait for task ${taskId} was canceled`, {
		advice: `Seen: ${seen}. ${HOW_TO_GO_ON}`,
		taskId,
	});
}

function withAdvice(problem: UserError, advice: string): UserError {
	const details: UserErrorDetails = { ...problem.details, advice };
	return new UserError(problem.message, details);
}

function seconds(milliseconds: number): number {
	return Math.round(milliseconds / 1000);
}
