import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { ResultFamily } from '../kling/routes';
import { hasResult, resultUrl, type KlingTask } from '../kling/task';
import { UserError } from '../kling/errors/userError';
import { readVideoFacts } from '../media/join/read/videoFacts';
import type { ApiContext } from '../transport/apiRequest';
import { download } from '../transport/download/download';
import { DownloadFault } from '../transport/download/downloadFault';
import { fileNameFor } from '../transport/download/fileName';
import { clipSource } from '../transport/download/joinedStream';
import type { Delivery, DownloadRun, EndedTask } from './delivery';
import { includedFields } from './includedFields';
import { joinFiles } from './joinFiles';
import { itemJson } from './taskJson';

/**
 * Creates the output item from its tasks, including its file: the clips of a long text become one
 * video.
 *
 * @param input the fields of the input item, for *Include Input Fields*
 * @throws UserError if there is no result, or its file cannot be downloaded
 */
export async function deliver(
	context: ApiContext,
	run: DownloadRun,
	delivery: Delivery,
	ended: EndedTask[],
	input: IDataObject = {},
): Promise<INodeExecutionData> {
	const tasks = ended.map(({ task }) => task);
	try {
		return await createItem(context, run, delivery, ended, input);
	} catch (error) {
		throw withTaskIds(error, tasks);
	}
}

/** All clips of a long text are paid for, so an error that affects one of them names them all. */
function withTaskIds(error: unknown, tasks: KlingTask[]): unknown {
	if (!(error instanceof UserError)) return error;
	const { details, message } = error;
	const taskId = details.taskId ?? tasks[details.clipIndex ?? 0]?.id;
	const otherTaskIds = tasks.map(({ id }) => id).filter((id) => id !== taskId);
	return new UserError(message, {
		...details,
		taskId,
		...(otherTaskIds.length > 0 && { otherTaskIds }),
	});
}

async function createItem(
	context: ApiContext,
	run: DownloadRun,
	delivery: Delivery,
	ended: EndedTask[],
	input: IDataObject,
): Promise<INodeExecutionData> {
	const tasks = ended.map(({ task }) => task);
	if (delivery.needsResult) {
		for (const task of tasks) refuseWithoutResult(delivery, task);
	}
	const result = await downloadResults(context, run, delivery, tasks);
	return {
		json: {
			...includedFields(delivery, input),
			...itemJson(delivery, ended, result?.clipSeconds),
			...(delivery.simplify && result?.facts),
		},
		...(result && { binary: result.binary }),
		pairedItem: { item: delivery.itemIndex },
	};
}

/** A success without a result is an error (docs/maintainers/service-notes.md#envelopes, E). */
function refuseWithoutResult({ route }: Delivery, task: KlingTask): void {
	if (task.state !== 'succeeded' || hasResult(task, route.family)) return;
	throw new UserError(`Task ${task.id} succeeded, but CometAPI returned no result`, {
		advice:
			'Fetch the task again with Task > Get in a minute. If there is still no result, contact CometAPI support with the task ID.',
		taskId: task.id,
	});
}

interface DownloadedResult {
	binary: Record<string, IBinaryData>;
	/** Facts from the header of the video. */
	facts: IDataObject;
	clipSeconds?: number[];
}

async function downloadResults(
	context: ApiContext,
	run: DownloadRun,
	delivery: Delivery,
	tasks: KlingTask[],
): Promise<DownloadedResult | undefined> {
	if (!delivery.download || tasks.some(({ state }) => state !== 'succeeded')) return undefined;
	const { binaryField } = delivery.download;
	const files = await Promise.all(
		tasks.map(
			async (task, index) =>
				await downloadResult(context, run, delivery, task, fileNameOf(delivery, tasks, index)),
		),
	);
	const [file, ...others] = files;
	if (!file) return undefined;
	if (others.length > 0) {
		const name = fileNameFor(delivery.download.fileName, tasks[0]?.id ?? 'talk', 'mp4');
		const settings = { binaryField, fileName: name, signal: run.signal };
		const joined = await joinFiles(context, files, settings).catch((error: unknown) => {
			throw error instanceof UserError ? talkError(error) : error;
		});
		if (joined.differences) warnAboutFiles(context, delivery, joined.differences);
		return joined;
	}
	return { binary: { [binaryField]: file }, facts: await factsOf(context, delivery, file) };
}

/** The clips of a talk come from paid tasks, so the way to get them is not to run a node again. */
function talkError({ message, details }: UserError): UserError {
	return new UserError(message, {
		...details,
		advice:
			"Check the storage of n8n, then retry the execution, or fetch each clip with Task > Get and 'Download File' turned on. CometAPI keeps the clips for 30 days. Nothing is charged again.",
	});
}

/** The clips of a long text need different names in case they cannot be joined. */
function fileNameOf(
	{ download: wanted }: Delivery,
	tasks: KlingTask[],
	index: number,
): string | undefined {
	if (tasks.length === 1 || wanted?.fileName === undefined) return wanted?.fileName;
	return `${wanted.fileName.replace(/\.mp4$/i, '')}-${index + 1}`;
}

/** A webhook cannot show hints, so write the warning to n8n's log as well. */
function warnAboutFiles(context: ApiContext, { itemIndex }: Delivery, differences: string[]): void {
	const message = `Item ${itemIndex}: the clips are output as separate files because they cannot be joined without encoding them again: ${differences.join('; ')}.`;
	context.logger.warn(message);
	if ('addExecutionHints' in context) context.addExecutionHints?.({ message, type: 'warning' });
}

/** The size is only an extra: if it cannot be measured, the video is still delivered. */
async function factsOf(
	context: ApiContext,
	{ route }: Delivery,
	file: IBinaryData,
): Promise<IDataObject> {
	if (route.family !== 'video') return {};
	const source = clipSource(context.helpers, file);
	const facts = await readVideoFacts(source).catch(() => undefined);
	return facts ? { video_width: facts.width, video_height: facts.height } : {};
}

async function downloadResult(
	context: ApiContext,
	run: DownloadRun,
	delivery: Delivery,
	task: KlingTask,
	fileName: string | undefined,
): Promise<IBinaryData> {
	const { family } = delivery.route;
	const url = resultUrl(task, family);
	if (url === undefined) {
		throw new UserError(`Task ${task.id} succeeded, but there is no link to its ${family}`, {
			advice:
				"Fetch the task with Task > Get and 'Simplify' turned off to see what CometAPI returned.",
			taskId: task.id,
		});
	}
	const request = { url, family, fileName, taskId: task.id };
	return await run
		.downloads(async () => await download(context, request, run.clock, run.signal))
		.catch((error: unknown) => {
			throw error instanceof DownloadFault ? downloadUserError(task, family, error) : error;
		});
}

function downloadUserError(task: KlingTask, family: ResultFamily, fault: DownloadFault): UserError {
	return new UserError(
		`Task ${task.id} succeeded, but its ${family} could not be downloaded: ${fault.message}`,
		{
			advice:
				"CometAPI keeps the result for 30 days. Retry the execution, or fetch the result with Task > Get and 'Download File' turned on. Nothing is charged again.",
			taskId: task.id,
		},
	);
}
