import type { IDataObject, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';

import { faultToUserError, UserError } from '../kling/errors/userError';
import { deliver } from '../output/deliver';
import type { Delivery, EndedTask } from '../output/delivery';
import { includedFields } from '../output/includedFields';
import { itemJson, unfinishedJson, type UnfinishedTask } from '../output/taskJson';
import type { PollingRun } from './pollingRun';
import type { Finished } from './settleAll';
import type { WaitingClip } from './waitingItem';

/** A task that needs no more polls, and what is known about it. */
interface FinishedClip {
	clip: WaitingClip;
	finished: Finished;
}

/**
 * Creates the output item for settled tasks. A webhook cannot raise an error in n8n
 * (docs/maintainers/decisions.md#callbacks), so the item contains the error, together with the IDs
 * of its tasks.
 */
export async function deliverOrReport(
	context: IWebhookFunctions,
	run: PollingRun,
	delivery: Delivery,
	clips: FinishedClip[],
	input: IDataObject = {},
): Promise<INodeExecutionData> {
	const ended: EndedTask[] = clips.flatMap(({ clip, finished }) =>
		finished.kind === 'ended'
			? { task: finished.task, speech: clip.speech, reused: clip.reused }
			: [],
	);
	try {
		clips.forEach(throwIfHopeless);
		return await deliver(context, run, delivery, ended, input);
	} catch (error) {
		const message = error instanceof UserError ? error.message : 'The result could not be fetched';
		const json =
			ended.length === clips.length
				? itemJson(delivery, ended)
				: unfinishedJson(delivery, clips.map(knownTask));
		return {
			json: { ...includedFields(delivery, input), ...json, error: message },
			pairedItem: { item: delivery.itemIndex },
		};
	}
}

function throwIfHopeless({ clip, finished }: FinishedClip, index: number, all: unknown[]): void {
	if (finished.kind !== 'hopeless') return;
	const { message, details } = faultToUserError(finished.fault, { taskId: clip.task.taskId });
	throw new UserError(all.length === 1 ? message : `Clip ${index + 1}: ${message}`, details);
}

/** What is known about a task, even if it is only its ID. */
function knownTask({ clip: { task, speech }, finished }: FinishedClip): UnfinishedTask {
	return {
		taskId: task.taskId,
		externalTaskId: task.externalTaskId,
		task: finished.kind === 'ended' ? finished.task : undefined,
		speech,
	};
}
