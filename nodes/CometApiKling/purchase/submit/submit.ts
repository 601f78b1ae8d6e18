import { effectOnCreate, type Fault } from '../../kling/errors/faults';
import type { Slot } from '../../polling/limits/slots';
import { accept, confirm, findByUserId } from './confirm';
import type { LedgerEntry } from '../ledger/ledgerEntry';
import { pause } from './pause';
import type { ExistingTask, SubmitInput, SubmitOutcome } from './submission';

/** The number of attempts if the connection is refused; together they take 17.5 s. */
const MAX_CONNECTION_TRIES = 5;

const CANCELED = { kind: 'canceled' } as const;

/**
 * Makes sure that the task exists, and pays for it at most once
 * (docs/maintainers/decisions.md#paid-once).
 *
 * What an earlier try left in the ledger is resumed and never sent again. A new request is
 * repeated only after a definite refusal.
 */
export async function submit(input: SubmitInput): Promise<SubmitOutcome> {
	const left = input.place.find();
	if (!left) return await buy(input);
	const existing = failedTask(left);
	if (!existing) return await resume(input, left);
	if (left.external_task_id === input.userExternalId)
		return { kind: 'refused', fault: DUPLICATE_ID, existing };
	// The user's ID comes from an expression that returned a new one.
	input.place.delete();
	return await buy(input);
}

/** The failed task of an earlier try, whose ID cannot be used again. */
function failedTask({ task_id: id, failed }: LedgerEntry): ExistingTask | undefined {
	if (id === undefined || failed === undefined) return undefined;
	return { id, state: 'failed', statusMessage: failed };
}

/** Resumes the task of an earlier try; one that was never confirmed is looked up first. */
async function resume(input: SubmitInput, entry: LedgerEntry): Promise<SubmitOutcome> {
	return await withSlot(input, async (slot) => {
		if (entry.task_id === undefined) return await confirm(input, entry, slot);
		slot.accepted();
		return { kind: 'task', entry, taskId: entry.task_id, slot, adopted: true };
	});
}

async function buy(input: SubmitInput): Promise<SubmitOutcome> {
	const externalTaskId = input.userExternalId ?? input.newExternalId();
	const attempt: Attempt = { externalTaskId, connectionTries: 0, failedChecks: 0 };
	for (;;) {
		const outcome = await withSlot(
			input,
			async (slot) => await sendOnce(input, attempt, slot),
			deadlineOf(input, attempt),
		);
		if (outcome.kind !== 'retry') return outcome;
		if (outcome.retry !== undefined) await pause(input, outcome.retry, deadlineOf(input, attempt));
	}
}

/** What is known across all attempts to send one request. */
interface Attempt {
	externalTaskId: string;
	connectionTries: number;
	/** When the service first reported no free slot; time in our own queue does not count. */
	firstRefusedAt?: number;
	/** How many lookups of the user's ID failed temporarily. */
	failedChecks: number;
}

/** When the last request is sent; unlimited until the service first reports no free slot. */
function deadlineOf({ maxWaitMs }: SubmitInput, { firstRefusedAt }: Attempt): number {
	return firstRefusedAt === undefined ? Infinity : firstRefusedAt + maxWaitMs;
}

/** `retry` counts the earlier pauses; left out if the slots impose the pause. */
type SendOutcome = SubmitOutcome | { kind: 'retry'; retry?: number };

async function sendOnce(input: SubmitInput, attempt: Attempt, slot: Slot): Promise<SendOutcome> {
	const { place } = input;
	const { externalTaskId } = attempt;
	if (input.userExternalId !== undefined) {
		// While this request waited for a slot, another execution may have used the ID.
		const existing = await findByUserId(input, attempt, deadlineOf(input, attempt));
		if (existing) return { kind: 'refused', fault: DUPLICATE_ID, existing };
	}
	const response = await input.post(externalTaskId, () => {
		const opened = place.open(externalTaskId);
		if (input.userExternalId !== undefined) opened.sent_at = input.timeOfDay();
	});
	const entry = place.find();
	if (!response || !entry) return CANCELED;
	if (response.kind === 'task') return accept(entry, slot, response.task, false);

	const { fault } = response;
	const effect = effectOnCreate(fault);
	// Gateways repeat create requests themselves, so a duplicate can be our own task.
	if (effect === 'unknown' || fault.kind === 'duplicateId')
		return await confirm(input, entry, slot, fault);
	place.delete();
	if (effect === 'none') return { kind: 'refused', fault };
	if (fault.kind === 'unreachable') {
		const retry = attempt.connectionTries++;
		const isTimeUp = input.clock.now() >= deadlineOf(input, attempt);
		if (isTimeUp || attempt.connectionTries >= MAX_CONNECTION_TRIES)
			return { kind: 'refused', fault };
		return { kind: 'retry', retry };
	}
	const now = input.clock.now();
	attempt.firstRefusedAt ??= now;
	const refusedForMs = now - attempt.firstRefusedAt;
	const leftMs = input.maxWaitMs - refusedForMs;
	// The pause applies to the other items, too, so it must not outlive Max Wait either.
	slot.refused(Math.min(fault.retryAfterMs ?? 0, leftMs));
	return leftMs > 0 ? { kind: 'retry' } : { kind: 'refused', fault, refusedForMs };
}

/** An older task already has the user's ID, so nothing is sent. */
const DUPLICATE_ID: Fault = { kind: 'duplicateId', message: '' };

/** Acquires a slot, and releases it unless the outcome is a task that holds it. */
async function withSlot<T extends { kind: string }>(
	{ slots, order, signal }: SubmitInput,
	work: (slot: Slot) => Promise<T>,
	deadline?: number,
): Promise<T | typeof CANCELED> {
	const slot = await slots.acquire(order, deadline);
	if (!slot) return CANCELED;
	let isHeld = false;
	try {
		if (signal?.aborted) return CANCELED;
		const outcome = await work(slot);
		isHeld = outcome.kind === 'task';
		return outcome;
	} finally {
		if (!isHeld) slot.release();
	}
}
