import type { INodeExecutionData } from 'n8n-workflow';

import type { ResultFamily } from '../kling/routes';
import { hasResult, resultUrl, simplifyTask, type KlingTask } from '../kling/task';
import type { ApiContext } from '../transport/apiRequest';
import { download } from '../transport/download';
import { DownloadFault } from '../transport/downloadFault';
import { toDataObject } from './dataObject';
import type { Job } from '../actions/job';
import { UserError } from '../kling/userError';
import type { Run } from '../purchase/run';

/** What is to be done with a task that is no longer waited for. */
export type Delivery = Pick<Job, 'itemIndex' | 'route' | 'download' | 'simplify'> & {
	/** Whether a success must have a result to show: not where the task is only looked at. */
	needsResult: boolean;
};

export function deliveryOf(job: Job): Delivery {
	const { itemIndex, route, download, simplify } = job;
	return { itemIndex, route, download, simplify, needsResult: job.wait !== undefined };
}

/**
 * Makes the item of a task, its file included.
 *
 * @throws UserError where there is no result, or its file cannot be had
 */
export async function deliver(
	context: ApiContext,
	run: Pick<Run, 'downloads' | 'clock' | 'signal'>,
	delivery: Delivery,
	task: KlingTask,
): Promise<INodeExecutionData> {
	if (delivery.needsResult) refuseWithoutResult(delivery, task);
	const binary = await downloadResult(context, run, delivery, task);
	const item: INodeExecutionData = {
		json: taskJson(delivery, task),
		pairedItem: { item: delivery.itemIndex },
	};
	return binary ? { ...item, binary } : item;
}

/** The fields of a task's item. */
export function taskJson(
	delivery: Pick<Delivery, 'simplify' | 'route'>,
	task: KlingTask,
): INodeExecutionData['json'] {
	return delivery.simplify ? { ...simplifyTask(task, delivery.route) } : rawJson(task);
}

/**
 * The task object of the API. Its own `error`, if it has one, moves aside: n8n takes a field of that
 * name for a failed node, and Retry On Fail would run the node again (N8N.md).
 */
function rawJson(task: KlingTask): INodeExecutionData['json'] {
	const { error, ...rest } = toDataObject(task.raw);
	return error ? { ...rest, task_error: error } : toDataObject(task.raw);
}

/** A success without any result is none (API.md 3, envelope E). */
function refuseWithoutResult({ route }: Delivery, task: KlingTask): void {
	if (task.state !== 'succeeded' || hasResult(task, route.family)) return;
	throw new UserError(`Task ${task.id} succeeded, but CometAPI named no result`, {
		advice:
			'Fetch the task again with the Get Task operation in a minute; if the result stays away, ask the support of CometAPI with the task ID.',
		taskId: task.id,
	});
}

async function downloadResult(
	context: ApiContext,
	run: Pick<Run, 'downloads' | 'clock' | 'signal'>,
	delivery: Delivery,
	task: KlingTask,
): Promise<INodeExecutionData['binary']> {
	if (!delivery.download || task.state !== 'succeeded') return undefined;
	const { binaryField, fileName } = delivery.download;
	const { family } = delivery.route;
	const url = resultUrl(task, family);
	if (url === undefined) {
		throw new UserError(`Task ${task.id} succeeded, but there is no link to its ${family}`, {
			advice:
				'Fetch the task with the Get Task operation and Simplify off, to see what CometAPI sent.',
			taskId: task.id,
		});
	}
	const request = { url, family, fileName, taskId: task.id };
	const file = await run
		.downloads(async () => await download(context, request, run.clock, run.signal))
		.catch((error: unknown) => {
			throw error instanceof DownloadFault ? downloadUserError(task, family, error) : error;
		});
	return { [binaryField]: file };
}

function downloadUserError(task: KlingTask, family: ResultFamily, fault: DownloadFault): UserError {
	return new UserError(
		`Task ${task.id} succeeded, but its ${family} could not be downloaded: ${fault.message}`,
		{
			advice:
				'The result is kept for 30 days: use Retry execution, or fetch it with the Get Task operation and Download on. Nothing is paid again.',
			taskId: task.id,
		},
	);
}
