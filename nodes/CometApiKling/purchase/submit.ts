import { canAskAgain, effectOnCreate, type Fault } from '../kling/faults';
import type { TaskResponse } from '../kling/parseResponse';
import type { KlingTask } from '../kling/task';
import type { Clock } from '../polling/clock';
import type { Slot, Slots } from '../polling/slots';
import type { LedgerEntry } from './ledger';

/** The ledger's entry of this one step. */
export interface StepBook {
	read: () => LedgerEntry | undefined;
	write: (entry: LedgerEntry) => void;
	delete: () => void;
}

export interface SubmitInput {
	/** The item's index: its place in the line for a slot. */
	order: number;
	book: StepBook;
	/** A new external id; called only when the ledger has none for this step. */
	newExternalId(): string;
	/** Sends the request once; never throws for an answer, a time-out or a broken connection. */
	post(externalTaskId: string): Promise<TaskResponse>;
	/** Asks for a task by its external id, once. */
	lookUp(externalTaskId: string): Promise<TaskResponse>;
	slots: Slots;
	/** How long refusals for lack of a slot are put up with, in milliseconds. */
	maxQueueMs: number;
	clock: Clock;
	signal?: AbortSignal;
}

/** How a submission ended. */
export type SubmitOutcome =
	/** The service has the task; the slot is held until the caller leaves it. */
	| { kind: 'task'; taskId: string; task?: KlingTask; slot: Slot; adopted: boolean }
	/** The service said no: nothing was paid. */
	| { kind: 'refused'; fault: Fault; externalTaskId: string; elapsedMs?: number }
	/** Nobody knows whether a task was made; its external id is kept in the ledger. */
	| { kind: 'unconfirmed'; fault: Fault; externalTaskId: string }
	| { kind: 'canceled' };

/** Pauses before the looks for a task whose create got no answer: it may show with a delay. */
const LOOK_UP_PAUSES_MS = [500, 2_000, 5_000];

/** A refused connection is tried again so often: a restart of a proxy takes seconds, not minutes. */
const MAX_CONNECTION_TRIES = 4;
const CONNECTION_PAUSE_MS = 2_000;

/**
 * Makes sure that the step's task exists, and pays for it at most once (SPEC 6).
 *
 * What an earlier try left in the ledger is taken up: a known task id is used as it is; an
 * external id without one is looked up first, and sent again only under the same external id,
 * which the API keeps unique. A new request is repeated only after a definite refusal.
 */
export async function submit(input: SubmitInput): Promise<SubmitOutcome> {
	const { book, clock, signal } = input;
	const startedAt = clock.now();
	const left = book.read();
	const isResend = left !== undefined && left.task_id === undefined;
	let entry = left;
	let connectionTries = 0;

	for (;;) {
		const slot = await input.slots.acquire(input.order);
		if (!slot || signal?.aborted) {
			slot?.release();
			return { kind: 'canceled' };
		}
		entry ??= { external_task_id: input.newExternalId() };
		const externalTaskId = entry.external_task_id;
		if (entry.task_id !== undefined) {
			slot.accepted();
			return { kind: 'task', taskId: entry.task_id, slot, adopted: true };
		}
		if (isResend) {
			const found = await lookUpOnce(input, externalTaskId);
			if (found.kind === 'task') return adopt(input, found.task, slot, externalTaskId);
			if (found.fault.kind !== 'notFound') {
				slot.release();
				return { kind: 'unconfirmed', fault: found.fault, externalTaskId };
			}
		} else {
			book.write(entry);
		}

		const answer = await input.post(externalTaskId);
		if (answer.kind === 'task') {
			book.write({ external_task_id: externalTaskId, task_id: answer.task.id });
			slot.accepted();
			return { kind: 'task', taskId: answer.task.id, task: answer.task, slot, adopted: false };
		}
		const { fault } = answer;
		const effect = effectOnCreate(fault);
		if (effect === 'unknown' || (isResend && fault.kind === 'duplicateId')) {
			const found = await lookForTask(input, externalTaskId);
			if (found) return adopt(input, found, slot, externalTaskId);
			slot.release();
			return { kind: 'unconfirmed', fault, externalTaskId };
		}
		// Refused outright: this very request made nothing. What an earlier one made stays in the book.
		if (!isResend) book.delete();
		if (effect === 'none') {
			slot.release();
			return { kind: 'refused', fault, externalTaskId };
		}
		const waitedMs = clock.now() - startedAt;
		if (fault.kind === 'unreachable') {
			slot.release();
			connectionTries++;
			if (connectionTries >= MAX_CONNECTION_TRIES)
				return { kind: 'refused', fault, externalTaskId };
			await clock.sleep(CONNECTION_PAUSE_MS * connectionTries, signal);
		} else {
			slot.refused(fault.retryAfterMs);
			if (waitedMs >= input.maxQueueMs)
				return { kind: 'refused', fault, externalTaskId, elapsedMs: waitedMs };
		}
	}
}

function adopt(
	input: SubmitInput,
	task: KlingTask,
	slot: Slot,
	externalTaskId: string,
): SubmitOutcome {
	input.book.write({ external_task_id: externalTaskId, task_id: task.id });
	slot.accepted();
	return { kind: 'task', taskId: task.id, task, slot, adopted: true };
}

/** One look-up that puts up with a few passing faults. */
async function lookUpOnce(input: SubmitInput, externalTaskId: string): Promise<TaskResponse> {
	let answer = await input.lookUp(externalTaskId);
	for (const pauseMs of LOOK_UP_PAUSES_MS) {
		if (answer.kind === 'task' || !canAskAgain(answer.fault) || input.signal?.aborted) break;
		await input.clock.sleep(pauseMs, input.signal);
		if (input.signal?.aborted) break;
		answer = await input.lookUp(externalTaskId);
	}
	return answer;
}

/** Looks for a task that may show with a delay. */
async function lookForTask(
	input: SubmitInput,
	externalTaskId: string,
): Promise<KlingTask | undefined> {
	for (const pauseMs of LOOK_UP_PAUSES_MS) {
		await input.clock.sleep(pauseMs, input.signal);
		if (input.signal?.aborted) return undefined;
		const answer = await input.lookUp(externalTaskId);
		if (answer.kind === 'task') return answer.task;
	}
	return undefined;
}
