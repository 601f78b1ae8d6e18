import type { RequestIdentity } from '../actions/shared/requestIdentity';
import type { KlingRoute } from '../kling/routes';
import type { KlingTask } from '../kling/task';
import type { PolledTask } from '../polling/pollTask';
import type { PaidPart } from './ledger/ledger';
import { purchaseError } from './submit/purchaseError';
import type { Run } from './run';
import type { SubmitInput } from './submit/submission';
import { submit } from './submit/submit';
import type { TestedPart } from './ledger/testedTasks';

export interface CreateTaskRequest {
	itemIndex: number;
	part: PaidPart;
	/** Identifies the request: a later try with the same identity resumes the task. */
	identity: RequestIdentity;
	/** Whether a manual execution may reuse the task of an earlier one. */
	reuse: boolean;
	route: KlingRoute;
	/** The user's own external ID; one is generated if it is left out. */
	externalTaskId?: string;
	/** How many bytes of files the request contains; 0 for URLs and text. */
	bytes: number;
	/** Whether the task is part of a video whose speech is generated from a text. */
	needsSpeech?: boolean;
	/** The request as JSON; called when it is about to be sent, since it may hold 20 MB of media. */
	body: (externalTaskId: string) => Promise<Buffer>;
	/** How long rejections and temporary faults are tolerated, in milliseconds. */
	maxWaitMs: number;
}

/** A task that an item waits for. */
export interface StartedTask extends PolledTask {
	/** The task as CometAPI described it when it was created, if it did. */
	task?: KlingTask;
	/** Whether the task was reused from an earlier test. */
	reused: boolean;
	/** Releases the slot. Call this when the task has ended or is no longer awaited. */
	release: () => void;
	/**
	 * Records that the task failed, so that no later try resumes it.
	 *
	 * @param reason why it failed, if that is known
	 */
	discard: (reason?: string) => void;
}

/** A task that this run created or resumed. */
export interface CreatedTask extends StartedTask {
	externalTaskId: string;
	/** Records the result of the speech, so that no later try has to poll it again. */
	recordSpeech: (audioId: string, seconds: number | undefined) => void;
}

/** Bytes held for each byte of a file that is sent: the file itself and its base64. */
const HELD_PER_BYTE = 1 + 4 / 3;

/** A lookup is a small request whose response usually takes a second. */
const LOOK_UP_TIMEOUT_MS = 15_000;

/**
 * Creates a task and pays for it, or resumes the one that an earlier try paid for.
 *
 * @throws UserError if there is no task, or if it is unknown whether there is one
 */
export async function createTaskOnce(run: Run, request: CreateTaskRequest): Promise<CreatedTask> {
	const { itemIndex, part, identity, route } = request;
	const requestHash = identity.hash;
	const place: SubmitInput['place'] = {
		find: () => run.ledger.find(itemIndex, part, requestHash),
		open: (externalTaskId) => run.ledger.open(itemIndex, part, requestHash, externalTaskId),
		delete: () => run.ledger.delete(itemIndex, part, requestHash),
	};
	const tests = run.tests?.partOf(part, identity.testHash);
	const { reused, outcome } = await run.ledger.exclusively(
		itemIndex,
		part,
		requestHash,
		async () => ({
			reused: tests !== undefined && (await openTested(run, request, place, tests)),
			outcome: await submit({
				order: itemIndex,
				place,
				userExternalId: request.externalTaskId,
				newExternalId: () => run.newExternalId(itemIndex),
				post: async (externalTaskId, onSend) => await post(run, request, externalTaskId, onSend),
				lookUp: async (externalTaskId) =>
					await run.service.query(route, externalTaskId, LOOK_UP_TIMEOUT_MS, externalTaskId),
				slots: run.slots,
				maxWaitMs: request.maxWaitMs,
				clock: run.clock,
				timeOfDay: () => Date.now(),
				signal: run.signal,
			}),
		}),
	);
	if (outcome.kind !== 'task') {
		const { speechIds, unconfirmedIds } = run.ledger.chargesOf(itemIndex);
		throw purchaseError(outcome, {
			hasSpeech: request.needsSpeech === true && speechIds.length > 0,
			unconfirmedIds,
		});
	}
	const { taskId, task, slot, entry, adopted } = outcome;
	tests?.remember(entry);
	// Put the ID into the text, too, because n8n's log shows details only in JSON format.
	const what = adopted ? 'Resumed the' : 'Created the';
	run.log(`${what} Kling task ${taskId} (${route.type}) for item ${itemIndex}`, {
		task_id: taskId,
		task_type: route.type,
		external_task_id: entry.external_task_id,
		item: itemIndex,
	});
	return {
		route,
		taskId,
		externalTaskId: entry.external_task_id,
		task,
		...(!adopted && { createdAt: run.clock.now() }),
		reused,
		release: slot.release,
		recordSpeech: (audioId, seconds) => {
			entry.audio_id = audioId;
			if (seconds !== undefined) entry.seconds = seconds;
			tests?.remember(entry);
		},
		discard: (reason = 'no reason was given') => {
			// A user's ID cannot be used again, so the next try reports the reason and sends nothing.
			if (request.externalTaskId === undefined) place.delete();
			else entry.failed = reason;
			tests?.forget(taskId);
		},
	};
}

/**
 * Opens the ledger's entry for the task of an earlier test, if one still exists and has not failed.
 *
 * @returns whether there was one
 */
async function openTested(
	run: Run,
	{ itemIndex, part, route, reuse }: CreateTaskRequest,
	place: SubmitInput['place'],
	tests: TestedPart,
): Promise<boolean> {
	if (place.find() || run.signal.aborted) return false;
	if (!reuse) {
		tests.forgetOthers();
		return false;
	}
	for (let found = tests.claim(); found; found = tests.claim()) {
		const { task_id: taskId, external_task_id: externalTaskId, audio_id, seconds } = found;
		const response = await run.service.query(route, taskId, LOOK_UP_TIMEOUT_MS, externalTaskId);
		const isGone =
			response.kind === 'task'
				? response.task.state === 'failed'
				: response.fault.kind === 'notFound';
		if (!isGone) {
			Object.assign(place.open(externalTaskId), {
				task_id: taskId,
				...(audio_id !== undefined && { audio_id }),
				...(seconds !== undefined && { seconds }),
			});
			tests.noteReused(found.createdAt);
			run.log(`Reusing the task ${taskId} from an earlier test for item ${itemIndex} (${part})`, {
				task_id: taskId,
				item: itemIndex,
			});
			return true;
		}
		tests.forget(taskId);
	}
	return false;
}

/** Sends the request when memory and connections allow; sends nothing once the run has ended. */
async function post(
	run: Run,
	{ itemIndex, route, bytes, body }: CreateTaskRequest,
	externalTaskId: string,
	onSend: () => void,
): ReturnType<SubmitInput['post']> {
	const send: () => ReturnType<SubmitInput['post']> = async () => {
		if (run.signal.aborted) return undefined;
		const json = await body(externalTaskId);
		// If another item throws at this moment, let its error end the run first.
		await run.clock.sleep(0, run.signal);
		if (run.signal.aborted) return undefined;
		onSend();
		run.onSend?.(externalTaskId);
		run.log(
			`Creating a Kling task (${route.type}) for item ${itemIndex}, external task ID ${externalTaskId}`,
			{ task_type: route.type, external_task_id: externalTaskId, item: itemIndex },
		);
		return await run.service.create(route, json, externalTaskId);
	};
	return await run.uploads.use(bytes * HELD_PER_BYTE, async () => await run.creates(send));
}
