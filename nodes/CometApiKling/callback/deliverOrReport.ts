import type { IDataObject, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';

import { faultToUserError, UserError } from '../kling/errors/userError';
import { deliver } from '../output/deliver';
import type { Delivery, EndedTask } from '../output/delivery';
import { includedFields } from '../output/includedFields';
import { itemJson } from '../output/taskJson';
import type { PollingRun } from './pollingRun';
import type { Finished } from './settleAll';
import type { WaitingClip } from './waitingItem';

/** A task that needs no more polls, and what is known about it. */
export interface FinishedClip {
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
		for (const { clip, finished } of clips) {
			const { taskId } = clip.task;
			if (finished.kind === 'hopeless') throw faultToUserError(finished.fault, { taskId });
		}
		return await deliver(context, run, delivery, ended, input);
	} catch (error) {
		const message = error instanceof UserError ? error.message : 'The result could not be fetched';
		return {
			json: {
				...includedFields(delivery, input),
				...(ended.length === clips.length ? itemJson(delivery, ended) : knownIds(delivery, clips)),
				error: message,
			},
			pairedItem: { item: delivery.itemIndex },
		};
	}
}

function knownIds({ route }: Delivery, clips: FinishedClip[]): IDataObject {
	const ids = clips.map(({ clip: { task } }) => ({
		task_id: task.taskId,
		task_type: route.type,
		...(task.externalTaskId !== undefined && { external_task_id: task.externalTaskId }),
	}));
	return { ...ids[0], ...(ids.length > 1 && { clips: ids }) };
}
