import type { KlingRoute } from '../kling/routes';
import type { KlingTask } from '../kling/task';
import type { Slot } from '../polling/slots';
import type { LedgerEntry, PaidPart } from './ledger';
import { purchaseError } from './purchaseError';
import type { Run } from './run';
import type { SubmitInput } from './submission';
import { submit } from './submit';

export interface CreateTaskRequest {
	itemIndex: number;
	part: PaidPart;
	/** Names the request: a later try with the same hash resumes the task instead of paying again. */
	requestHash: string;
	route: KlingRoute;
	/** The user's own external id; one is generated if it is left out. */
	externalTaskId?: string;
	/** How many bytes of files the request carries; 0 for URLs and text. */
	bytes: number;
	/** What was paid for this item before; the messages tell the user. */
	alreadyPaid?: 'speech';
	/** The request as JSON; called when it is about to be sent, since it may hold 20 MB of media. */
	body: (externalTaskId: string) => Promise<Buffer>;
	/** How long refusals and trouble are tolerated, in milliseconds. */
	maxWaitMs: number;
}

export interface CreatedTask {
	taskId: string;
	task?: KlingTask;
	slot: Slot;
	/** When this run created the task, in Unix milliseconds; left out for one that was there before. */
	createdAt?: number;
	/** The ledger's entry; changes to it are stored. */
	entry: LedgerEntry;
	/** Deletes the entry: the task failed and is not resumed by a later try. */
	discard: () => void;
}

/** Bytes held for each byte of a file that is sent: the file itself and its base64. */
const HELD_PER_BYTE = 1 + 4 / 3;

/** A look-up is a small request; a response takes a second. */
const LOOK_UP_TIMEOUT_MS = 15_000;

/**
 * Creates a task and pays for it, or resumes the one that an earlier try paid for.
 *
 * @throws UserError if there is no task, or nobody knows whether there is one
 */
export async function createTaskOnce(run: Run, request: CreateTaskRequest): Promise<CreatedTask> {
	const { itemIndex, part, requestHash, route } = request;
	const place: SubmitInput['place'] = {
		find: () => run.ledger.find(itemIndex, part, requestHash),
		open: (externalTaskId) => run.ledger.open(itemIndex, part, requestHash, externalTaskId),
		delete: () => run.ledger.delete(itemIndex, part, requestHash),
	};
	const outcome = await run.ledger.exclusively(
		itemIndex,
		part,
		requestHash,
		async () =>
			await submit({
				order: itemIndex,
				place,
				userExternalId: request.externalTaskId,
				newExternalId: () => run.newExternalId(itemIndex),
				post: async (externalTaskId, onSend) => await post(run, request, externalTaskId, onSend),
				lookUp: async (externalTaskId) =>
					await run.service.query(route, externalTaskId, LOOK_UP_TIMEOUT_MS),
				slots: run.slots,
				maxWaitMs: request.maxWaitMs,
				clock: run.clock,
				signal: run.signal,
			}),
	);
	if (outcome.kind !== 'task') {
		throw purchaseError(outcome, {
			alreadyPaid: request.alreadyPaid,
			unconfirmedIds: run.ledger.unconfirmedOf(itemIndex),
		});
	}
	const { taskId, task, slot, entry, adopted } = outcome;
	run.tasks.set(itemIndex, taskId);
	// The id is in the text, too: n8n's log shows the details only in its JSON format.
	const what = adopted ? 'Resumed the' : 'Created the';
	run.log(`${what} Kling task ${taskId} (${route.type}) of item ${itemIndex}`, {
		task_id: taskId,
		task_type: route.type,
		external_task_id: entry.external_task_id,
		item: itemIndex,
	});
	return {
		taskId,
		task,
		slot,
		...(!adopted && { createdAt: run.clock.now() }),
		entry,
		discard: () => place.delete(),
	};
}

/** Sends the request when its turn comes; nothing is sent once the run has ended. */
async function post(
	run: Run,
	{ itemIndex, route, bytes, body }: CreateTaskRequest,
	externalTaskId: string,
	onSend: () => void,
): ReturnType<SubmitInput['post']> {
	const send: () => ReturnType<SubmitInput['post']> = async () => {
		if (run.signal.aborted) return undefined;
		const json = await body(externalTaskId);
		// Lets an error that another item throws at this moment end the run first.
		await run.clock.sleep(0, run.signal);
		if (run.signal.aborted) return undefined;
		onSend();
		run.log(
			`Creating a Kling task (${route.type}) of item ${itemIndex}, external task ID ${externalTaskId}`,
			{ task_type: route.type, external_task_id: externalTaskId, item: itemIndex },
		);
		return await run.service.create(route, json);
	};
	return await run.uploads.use(bytes * HELD_PER_BYTE, async () => await run.creates(send));
}
