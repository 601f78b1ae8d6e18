import type { INodeExecutionData } from 'n8n-workflow';

import type { ResultFamily } from '../kling/routes';
import { redact } from '../kling/redact';
import { hasResult, resultUrl, simplifyTask, type KlingTask } from '../kling/task';
import type { ApiContext } from '../transport/apiRequest';
import { download } from '../transport/download';
import { DownloadFault } from '../transport/downloadFault';
import { toDataObject } from './dataObject';
import type { Job, StartedTask } from './job';
import { Problem } from './problem';
import type { Run } from './run';
import { lookOnce, waitFor } from './waitFor';

/**
 * Takes one item all the way: task, wait, download, output.
 *
 * @throws Problem where it comes to nothing, with the task id as soon as there is one
 */
export async function runItem(
	context: ApiContext,
	run: Run,
	job: Job,
): Promise<INodeExecutionData> {
	const started = await job.start(run);
	let task: KlingTask;
	try {
		task = await settledTask(run, job, started);
	} finally {
		started.leave();
	}
	if (task.state === 'failed') {
		started.forget();
		if (job.onTaskFailure === 'error') throw failure(task);
	}
	if (job.wait !== undefined && task.state === 'succeeded' && !hasResult(task, job.route.family)) {
		throw new Problem(`Task ${task.id} succeeded, but CometAPI named no result`, {
			advice:
				'Fetch the task again with the Get Task operation in a minute; if the result stays away, ask the support of CometAPI with the task ID.',
			taskId: task.id,
		});
	}
	const output: INodeExecutionData = {
		json: job.simplify ? { ...simplifyTask(task, job.route) } : toDataObject(task.raw),
		pairedItem: { item: job.itemIndex },
	};
	const binary = await downloadResult(context, run, job, task);
	return binary ? { ...output, binary } : output;
}

async function settledTask(run: Run, job: Job, started: StartedTask): Promise<KlingTask> {
	const known = started.task;
	if (known && (known.state !== 'running' || !job.wait)) return known;
	if (job.wait) return await waitFor(run, job, started, job.wait);
	return await lookOnce(run, job, started.taskId);
}

async function downloadResult(
	context: ApiContext,
	run: Run,
	job: Job,
	task: KlingTask,
): Promise<INodeExecutionData['binary']> {
	if (!job.download || task.state !== 'succeeded') return undefined;
	const { binaryField, fileName } = job.download;
	const { family } = job.route;
	const url = resultUrl(task, family);
	if (url === undefined) {
		throw new Problem(`Task ${task.id} succeeded, but there is no link to its ${family}`, {
			advice:
				'Fetch the task with the Get Task operation and Simplify off, to see what CometAPI sent.',
			taskId: task.id,
		});
	}
	const request = { url, family, fileName, taskId: task.id };
	const file = await run
		.downloads(async () => await download(context, request, run.clock, run.signal))
		.catch((error: unknown) => {
			throw error instanceof DownloadFault ? downloadProblem(task, family, error) : error;
		});
	return { [binaryField]: file };
}

function downloadProblem(task: KlingTask, family: ResultFamily, fault: DownloadFault): Problem {
	return new Problem(
		`Task ${task.id} succeeded, but its ${family} could not be downloaded: ${fault.message}`,
		{
			advice:
				'The result is kept for 30 days: use Retry execution, or fetch it with the Get Task operation and Download on. Nothing is paid again.',
			taskId: task.id,
		},
	);
}

function failure(task: KlingTask): Problem {
	const reason =
		task.statusMessage === undefined ? 'no reason was given' : redact(task.statusMessage);
	return new Problem(`Task ${task.id} failed: ${reason}`, {
		advice:
			'Change what the reason names (the image, the voice or the prompt) and run the workflow again. To handle failed tasks in the workflow, set the option On Task Failure to Output.',
		taskId: task.id,
	});
}
