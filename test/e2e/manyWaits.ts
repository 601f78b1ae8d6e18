import { nodeOf } from '../harness';
import { hookFor } from './hook';
import type { QueueServer } from './n8n/queue';
import { until } from './until';
import { avatarNode, type Workbench } from './workbench';

/** For each half: until all wait, and until all have ended. */
export const MANY_TIMEOUT_MS = 240_000;

/** As many tasks as an account may have at a time (API.md 6) can end at the same moment. */
const TASKS_AT_ONCE = 20;

/** How many starts are on their way at a time. */
const STARTS_AT_ONCE = 10;

export interface ManyWaits {
	/** From the first start until all executions wait. */
	allWaitingMs: number;
	/** What became of another execution while all of them waited, and what it took. */
	statusOfAnother: string;
	anotherMs: number;
	/** From the first task's end until all executions have ended well. */
	allFinishedMs: number;
	/** What n8n answered to the callbacks of ended tasks. */
	callbackStatuses: number[];
	/** Of main and workers together. */
	memoryMegabytes: { before: number; waiting: number; after: number };
}

/**
 * Puts many executions to wait at once, runs another one meanwhile, and then lets all finish.
 *
 * @throws where they do not
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
	const all = async (status: string): Promise<void> =>
		await until(
			async () => (await rest.countByStatus(waiting.workflowId)).get(status) === count,
			MANY_TIMEOUT_MS,
		);

	const before = memoryMegabytes(server);
	const startedAt = Date.now();
	for (let started = 0; started < count; started += STARTS_AT_ONCE) {
		await Promise.all(Array.from({ length: STARTS_AT_ONCE }, waiting.call));
	}
	await all('waiting');
	const allWaitingMs = Date.now() - startedAt;
	const whileWaiting = memoryMegabytes(server);

	const anotherAt = Date.now();
	await another.call();
	const { status: statusOfAnother } = await rest.until(await another.latest());
	const anotherMs = Date.now() - anotherAt;

	const finishedFrom = Date.now();
	const earlier = simulator.callbacks.length;
	const taskIds = simulator.tasks.map((task) => task.id);
	for (let ended = 0; ended < count; ended += TASKS_AT_ONCE) {
		const group = taskIds.slice(ended, ended + TASKS_AT_ONCE);
		await Promise.all(group.map(async (taskId) => await simulator.finish(taskId)));
		await until(() => simulator.callbacks.every((callback) => callback.status !== 0));
	}
	await all('success');
	return {
		allWaitingMs,
		statusOfAnother,
		anotherMs,
		allFinishedMs: Date.now() - finishedFrom,
		callbackStatuses: [
			...new Set(simulator.callbacks.slice(earlier).map((callback) => callback.status)),
		],
		memoryMegabytes: { before, waiting: whileWaiting, after: memoryMegabytes(server) },
	};
}

function memoryMegabytes({ main, workers }: QueueServer): number {
	const bytes = [main, ...workers].map((one) => one.memoryBytes());
	return Math.round(bytes.reduce((sum, each) => sum + each, 0) / 1024 ** 2);
}
