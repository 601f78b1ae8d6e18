import { canAskAgain, type Fault } from '../../kling/errors/faults';
import type { KlingTask } from '../../kling/task';
import type { Slot } from '../../polling/limits/slots';
import type { LedgerEntry } from '../ledger/ledger';
import { pause } from './pause';
import type { SubmitInput, SubmitOutcome } from './submission';

/** A new task may appear with a delay. It counts as absent after this many failed lookups. */
const MAX_ABSENT_RESPONSES = 3;

/** The minimum time for these lookups, even if Max Wait is shorter, because money is at stake. */
const MIN_LOOK_UP_MS = 7_500;

/** How many failed lookups are tolerated before a user's ID counts as possibly used. */
const MAX_ID_CHECKS = 4;

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
	const { external_task_id: externalTaskId } = entry;
	const unconfirmed = (reason?: Fault): SubmitOutcome => ({
		kind: 'unconfirmed',
		externalTaskId,
		...(reason && { fault: reason }),
	});
	if (entry.may_be_older) return unconfirmed(fault);
	const deadline = input.clock.now() + Math.max(input.maxWaitMs, MIN_LOOK_UP_MS);
	let retry = 0;
	if (fault && !(await pause(input, retry++, deadline))) return unconfirmed(fault);
	for (let absentResponses = 0; ; ) {
		const response = await input.lookUp(externalTaskId);
		if (response.kind === 'task') {
			if (hasExternalId(response.task, externalTaskId))
				return accept(entry, slot, response.task, true);
			absentResponses++;
		} else if (response.fault.kind === 'notFound') absentResponses++;
		else if (!canAskAgain(response.fault)) return unconfirmed(fault ?? response.fault);
		const reason = fault ?? (response.kind === 'fault' ? response.fault : undefined);
		const isAbsent = absentResponses >= MAX_ABSENT_RESPONSES;
		if (isAbsent || !(await pause(input, retry++, deadline, response))) return unconfirmed(reason);
	}
}

/** If the response names another external ID, the task is not ours. */
function hasExternalId(task: KlingTask, externalTaskId: string): boolean {
	return task.externalTaskId === undefined || task.externalTaskId === externalTaskId;
}

/**
 * Finds the task that has the user's external ID. This happens before the request is sent: after a
 * lost response, an older task could not be distinguished from ours.
 *
 * @returns `isCertain` is false if faults left the question open
 */
export async function findByUserId(
	input: SubmitInput,
	externalTaskId: string,
): Promise<{ task?: KlingTask; isCertain: boolean }> {
	for (let retry = 0; ; retry++) {
		const response = await input.lookUp(externalTaskId);
		if (response.kind === 'task')
			return hasExternalId(response.task, externalTaskId)
				? { task: response.task, isCertain: true }
				: { isCertain: true };
		if (!canAskAgain(response.fault)) return { isCertain: true };
		const isLast = retry + 1 >= MAX_ID_CHECKS;
		if (isLast || !(await pause(input, retry))) return { isCertain: false };
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
