import { canAskAgain, type Fault } from '../../kling/errors/faults';
import type { KlingTask } from '../../kling/task';
import type { Slot } from '../../polling/limits/slots';
import type { LedgerEntry } from '../ledger/ledgerEntry';
import { pause } from './pause';
import type { SubmitInput, SubmitOutcome } from './submission';

/** A new task may appear with a delay. It counts as absent after this many failed lookups. */
const MAX_ABSENT_RESPONSES = 3;

/** The minimum time for these lookups, even if Max Wait is shorter, because money is at stake. */
const MIN_LOOK_UP_MS = 7_500;

/** How many temporary faults are tolerated before a request with a user's ID is sent anyway. */
const MAX_FAILED_CHECKS = 4;

/** By how much our clock and the service's may differ; computers usually set theirs from the network. */
const CLOCK_SKEW_MS = 60_000;

/** How long a create may take: our request ends after 3 minutes, and gateways repeat it. */
const MAX_CREATE_MS = 10 * 60_000;

/**
 * Looks up a task that may have been created, and adopts it. Temporary faults are tolerated for as
 * long as Max Wait; any response other than the task is inconclusive
 * (docs/maintainers/service-notes.md#tasks).
 *
 * @param fault why the create request is unconfirmed; left out for one of an earlier try
 */
export async function confirm(
	input: SubmitInput,
	entry: LedgerEntry,
	slot: Slot,
	fault?: Fault,
): Promise<SubmitOutcome> {
	const { external_task_id: externalTaskId, sent_at: sentAt } = entry;
	const unconfirmed = (reason?: Fault): SubmitOutcome => ({
		kind: 'unconfirmed',
		externalTaskId,
		...(reason && { fault: reason }),
		...(sentAt !== undefined && { isUserId: true }),
	});
	const deadline = input.clock.now() + Math.max(input.maxWaitMs, MIN_LOOK_UP_MS);
	let retry = 0;
	if (fault && !(await pause(input, retry++, deadline))) return unconfirmed(fault);
	for (let absentResponses = 0; ; ) {
		const response = await input.lookUp(externalTaskId);
		if (response.kind === 'task') {
			if (isOurs(response.task, entry)) return accept(entry, slot, response.task, true);
			absentResponses++;
		} else if (response.fault.kind === 'notFound') absentResponses++;
		else if (!canAskAgain(response.fault)) return unconfirmed(fault ?? response.fault);
		const reason = fault ?? (response.kind === 'fault' ? response.fault : undefined);
		const isAbsent = absentResponses >= MAX_ABSENT_RESPONSES;
		if (isAbsent || !(await pause(input, retry++, deadline, response))) return unconfirmed(reason);
	}
}

/**
 * Whether our request can have created this task. A generated ID proves it; a user's ID may belong
 * to a task of another execution, so that task must also have been created when ours was requested.
 */
function isOurs(task: KlingTask, { external_task_id: id, sent_at: sentAt }: LedgerEntry): boolean {
	if (!hasExternalId(task, id)) return false;
	if (sentAt === undefined) return true;
	if (task.createdAt === undefined) return false;
	const afterMs = task.createdAt - sentAt;
	return afterMs >= -CLOCK_SKEW_MS && afterMs <= MAX_CREATE_MS;
}

/** If the response names another external ID, the task is not the requested one. */
function hasExternalId(task: KlingTask, externalTaskId: string): boolean {
	return task.externalTaskId === undefined || task.externalTaskId === externalTaskId;
}

/**
 * Finds the task that already has the user's ID, so that no duplicate of it is sent. Finding none
 * proves nothing (docs/maintainers/service-notes.md#external-ids).
 *
 * @param attempt its temporary faults are counted across all requests that are sent
 * @param deadline in milliseconds; a temporary fault is not tolerated past it
 */
export async function findByUserId(
	input: SubmitInput,
	attempt: { externalTaskId: string; failedChecks: number },
	deadline: number,
): Promise<KlingTask | undefined> {
	for (;;) {
		const response = await input.lookUp(attempt.externalTaskId);
		if (response.kind === 'task')
			return hasExternalId(response.task, attempt.externalTaskId) ? response.task : undefined;
		if (!canAskAgain(response.fault)) return undefined;
		const retry = attempt.failedChecks++;
		if (retry + 1 >= MAX_FAILED_CHECKS || !(await pause(input, retry, deadline))) return undefined;
	}
}

/** Records the task in the ledger; the slot is held from now on. */
export function accept(
	entry: LedgerEntry,
	slot: Slot,
	task: KlingTask,
	adopted: boolean,
): SubmitOutcome {
	entry.task_id = task.id;
	slot.accepted();
	return { kind: 'task', entry, taskId: task.id, task, slot, adopted };
}
