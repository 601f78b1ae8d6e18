import type { Fault } from '../../kling/errors/faults';
import type { TaskResponse } from '../../kling/service';
import type { KlingTask } from '../../kling/task';
import type { Clock } from '../../polling/time/clock';
import type { Slot, Slots } from '../../polling/limits/slots';
import type { LedgerEntry } from '../ledger/ledgerEntry';

/** The entry of this purchase in the ledger. */
export interface LedgerPlace {
	find(): LedgerEntry | undefined;
	open(externalTaskId: string): LedgerEntry;
	delete(): void;
}

export interface SubmitInput {
	/** The item's index, which determines its place in the queue for a slot. */
	order: number;
	place: LedgerPlace;
	/** The user's own external ID; unlike a generated one, it may belong to an older task. */
	userExternalId?: string;
	/** Generates an external ID, unique across executions and machines. */
	newExternalId(): string;
	/**
	 * Sends the request once; never throws for a response, a timeout or a lost connection.
	 *
	 * @param onSend must be called right before the request is sent
	 * @returns `undefined` if the run ended before anything was sent
	 */
	post(externalTaskId: string, onSend: () => void): Promise<TaskResponse | undefined>;
	/** Queries a task by its external ID, once. */
	lookUp(externalTaskId: string): Promise<TaskResponse>;
	slots: Slots;
	/** How long rejections for lack of a slot, and faults while looking up a task, are tolerated. */
	maxWaitMs: number;
	clock: Clock;
	/** The time of day in Unix milliseconds: unlike that of `clock`, the service has it, too. */
	timeOfDay(): number;
	signal?: AbortSignal;
}

/** The task that already has the user's ID. */
export type ExistingTask = Pick<KlingTask, 'id' | 'state' | 'statusMessage'>;

/** How a submission ended. */
export type SubmitOutcome =
	/** The task exists; the slot is held until the caller releases it. */
	| {
			kind: 'task';
			entry: LedgerEntry;
			taskId: string;
			task?: KlingTask;
			slot: Slot;
			adopted: boolean;
	  }
	/** No task was created. `existing` is the older task that has the user's ID. */
	| { kind: 'refused'; fault: Fault; refusedForMs?: number; existing?: ExistingTask }
	/** It is unknown whether a task was created; its external ID is kept in the ledger. */
	| { kind: 'unconfirmed'; fault?: Fault; externalTaskId: string; isUserId?: boolean }
	| { kind: 'canceled' };
