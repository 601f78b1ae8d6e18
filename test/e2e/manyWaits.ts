import type { ExecutionStatus } from 'n8n-workflow';

import { nodeOf } from '../harness';
import { hookFor } from './hook';
import type { QueueServer } from './n8n/queue';
import { until } from './until';
import { avatarNode, type Workbench } from './workbench';

/** The durations of both halves: until all wait, and until all have ended. */
export const MANY_TIMEOUT_MS = 300_000;

/**
 * As many tasks as an account has at a time (5 to 20, docs/maintainers/service-notes.md#errors) can
 * end at the same moment.
 */
const TASKS_AT_ONCE = 10;

/** How many starts are pending at a time. */
const STARTS_AT_ONCE = 10;

export interface ManyWaits {
	/** From the first start until all executions wait. */
	allWaitingMs: number;
	/** The result and duration of another execution while all of them waited. */
	statusOfAnother: string;
	anotherMs: number;
	/** From the first task's end until all executions have succeeded. */
	allFinishedMs: number;
	/** The sum of the main process and the workers. */
	memoryMegabytes: { before: number; waiting: number; after: number };
}

/**
 * Suspends many executions at once, runs another one meanwhile, and then lets all finish.
 *
 * @throws if they do not finish
 */
export async function manyWaits(
	server: QueueServer,
	bench: Workbench,
	count: number,
): Promise<ManyWaits> {
	const { rest, simulator } = bench;
	simulator.configure({ taskSeconds: 3600 });
	const waiting = await hookFor(rest, avatarNode(bench, { waitStrategy: 'callback' }));
	const another = await hookFor(rest, nodeOf('Quick', 'n8n-nodes-base.noOp'));
	const have = async (status: ExecutionStatus, wanted: number): Promise<void> => {
		const soMany = async (): Promise<number> => await rest.count(waiting.workflowId, status);
		await until(async () => (await soMany()) === wanted, MANY_TIMEOUT_MS).catch(
			async (error: unknown) => {
				const responses = simulator.callbacks.map((callback) => callback.status).join(' ');
				throw new Error(
					`Not ${wanted} but ${await soMany()} are ${status}. Callbacks: ${responses}. ${server.main.log.slice(-3000)}`,
					{ cause: error },
				);
			},
		);
	};

	const before = memoryMegabytes(server);
	const startedAt = Date.now();
	for (let started = 0; started < count; started += STARTS_AT_ONCE) {
		await Promise.all(Array.from({ length: STARTS_AT_ONCE }, waiting.call));
	}
	await have('waiting', count);
	const allWaitingMs = Date.now() - startedAt;
	const whileWaiting = memoryMegabytes(server);

	const anotherAt = Date.now();
	await another.call();
	const { status: statusOfAnother } = await rest.until(await another.latest());
	const anotherMs = Date.now() - anotherAt;

	const finishedFrom = Date.now();
	const taskIds = simulator.tasks.map((task) => task.id);
	for (let ended = 0; ended < count; ended += TASKS_AT_ONCE) {
		const group = taskIds.slice(ended, ended + TASKS_AT_ONCE);
		await Promise.all(group.map(async (taskId) => await simulator.finish(taskId)));
		await have('success', ended + group.length);
	}
	return {
		allWaitingMs,
		statusOfAnother,
		anotherMs,
		allFinishedMs: Date.now() - finishedFrom,
		memoryMegabytes: { before, waiting: whileWaiting, after: memoryMegabytes(server) },
	};
}

function memoryMegabytes({ main, workers }: QueueServer): number {
	const bytes = [main, ...workers].map((one) => one.memoryBytes());
	return Math.round(bytes.reduce((sum, each) => sum + each, 0) / 1024 ** 2);
}
