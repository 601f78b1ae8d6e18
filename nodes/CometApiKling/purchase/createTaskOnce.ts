import type { KlingRoute } from '../kling/routes';
import type { KlingTask } from '../kling/task';
import { adviceFor, whatHappened } from '../kling/faults';
import type { Slot } from '../polling/slots';
import type { PaidStep } from './ledger';
import { faultToUserError, UserError, formatServiceMessage } from '../kling/userError';
import type { Run } from './run';
import { submit, type StepBook, type SubmitOutcome } from './submit';

export interface CreateTaskRequest {
	itemIndex: number;
	step: PaidStep;
	/** Names the request: the same form and the same files give the same hash. */
	requestHash: string;
	route: KlingRoute;
	/** The user's own external id; one is made if it is left out. */
	externalTaskId?: string;
	/** Whether the request carries large files, so that few of them are to be held at a time. */
	isLarge: boolean;
	/** The request as JSON; made when its turn comes, since it may hold 20 MB of media. */
	body(externalTaskId: string): Promise<Buffer>;
	maxQueueMs: number;
}

export interface CreatedTask {
	taskId: string;
	task?: KlingTask;
	slot: Slot;
	/** When this run made the task; left out for one that was there before. */
	createdAt?: number;
	book: StepBook;
}

/**
 * Buys a task, or takes up the one that an earlier try bought.
 *
 * @throws UserError where there is no task, or nobody knows whether there is one
 */
export async function createTaskOnce(run: Run, purchase: CreateTaskRequest): Promise<CreatedTask> {
	const { itemIndex, step, requestHash, route } = purchase;
	const book: StepBook = {
		read: () => run.ledger.find(itemIndex, step, requestHash),
		write: (entry) => run.ledger.write(itemIndex, step, requestHash, entry),
		delete: () => run.ledger.delete(itemIndex, step, requestHash),
	};
	const outcome = await submit({
		order: itemIndex,
		book,
		newExternalId: () => purchase.externalTaskId ?? run.newExternalId(itemIndex),
		post: async (externalTaskId) => {
			const send = async () => await run.service.create(route, await purchase.body(externalTaskId));
			return await (purchase.isLarge ? run.uploads : run.creates)(send);
		},
		lookUp: async (externalTaskId) =>
			await run.service.query(route, externalTaskId, LOOK_UP_TIMEOUT_MS),
		slots: run.slots,
		maxQueueMs: purchase.maxQueueMs,
		clock: run.clock,
		signal: run.signal,
	});
	if (outcome.kind !== 'task') throw toUserError(outcome);
	run.tasks.set(itemIndex, outcome.taskId);
	// The id stands in the words too: n8n's log shows the details only in its JSON format.
	const deed = outcome.adopted ? 'Took up the earlier' : 'Created the';
	run.log(`${deed} Kling task ${outcome.taskId} (${route.type}) of item ${itemIndex}`, {
		task_id: outcome.taskId,
		task_type: route.type,
		external_task_id: book.read()?.external_task_id ?? '',
		item: itemIndex,
	});
	return {
		taskId: outcome.taskId,
		task: outcome.task,
		slot: outcome.slot,
		...(!outcome.adopted && { createdAt: run.clock.now() }),
		book,
	};
}

/** A look-up is a small request; an answer takes a second. */
const LOOK_UP_TIMEOUT_MS = 15_000;

function toUserError(outcome: Exclude<SubmitOutcome, { kind: 'task' }>): UserError {
	switch (outcome.kind) {
		case 'canceled':
			return new UserError('The execution was canceled before the task was created.', {
				advice: 'Nothing was spent on this item.',
			});
		case 'refused':
			if (outcome.elapsedMs === undefined) return faultToUserError(outcome.fault);
			return new UserError(
				`CometAPI did not take the task for ${Math.round(outcome.elapsedMs / 1000)} seconds: ${whatHappened(outcome.fault).toLowerCase()}${formatServiceMessage(outcome.fault)}`,
				{
					advice: `${adviceFor(outcome.fault)} No task was made, so nothing was spent on this item.`,
					fault: outcome.fault,
				},
			);
		case 'unconfirmed':
			return new UserError(
				`It is not known whether the task was created: ${whatHappened(outcome.fault).toLowerCase()}${formatServiceMessage(outcome.fault)}`,
				{
					advice:
						'The request was not sent again, so that nothing is paid twice. Use Retry execution (or Retry On Fail): the node then looks for the task by its external ID before it sends anything.',
					fault: outcome.fault,
					externalTaskId: outcome.externalTaskId,
				},
			);
	}
}
