import type { INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';

import type { KlingTask } from '../kling/task';
import type { ResumeRun } from '../callback/createResumeRun';
import { deliver, taskJson, type Delivery } from './deliver';
import { UserError } from '../kling/userError';

/** Makes the item of a task. A webhook cannot raise an error in n8n (SPEC 9), so it is told in the item. */
export async function deliverOrReportError(
	context: IWebhookFunctions,
	run: ResumeRun,
	delivery: Delivery,
	task: KlingTask,
): Promise<INodeExecutionData> {
	return await deliver(context, run, delivery, task).catch((error: unknown) => {
		const words = error instanceof UserError ? error.message : 'The result could not be fetched';
		return {
			json: { ...taskJson(delivery, task), error: words },
			pairedItem: { item: delivery.itemIndex },
		};
	});
}
