import { klingNode } from '../harness';
import { hookFor } from './hook';
import { manyWaits, MANY_TIMEOUT_MS } from './manyWaits';
import { startQueue, type QueueServer } from './n8n/queue';
import type { ServerProcess } from './n8n/serverProcess';
import { until } from './until';
import { avatarNode, NODE, workbenchOf, type Workbench } from './workbench';

const MANY_EXECUTIONS = 200;

/** The main process starts first, then the workers. */
const START_TIMEOUT_MS = 500_000;

let server: QueueServer;
let bench: Workbench;

beforeAll(async () => {
	server = await startQueue(2);
	bench = await workbenchOf(server.rest, server.userFolder, { parallelLimit: MANY_EXECUTIONS });
}, START_TIMEOUT_MS);
beforeEach(() => {
	bench.simulator.reset();
	bench.simulator.configure({ taskSeconds: 3 });
});
afterAll(async () => {
	await bench.simulator.stop();
	await server.stop();
});

/** The worker whose log names the first task. */
async function workerOfTask(): Promise<{ worker: ServerProcess; taskId: string }> {
	await until(() => bench.simulator.paidTasks() > 0);
	const taskId = bench.simulator.tasks[0]?.id ?? '';
	const withTask = (): ServerProcess | undefined =>
		server.workers.find((worker) => worker.log.includes(taskId));
	await until(() => withTask() !== undefined);
	const worker = withTask();
	if (!worker) throw new Error('No worker has the task.');
	return { worker, taskId };
}

/** Stops a worker with a signal, and starts another in its place. */
async function replace(worker: ServerProcess, signal: NodeJS.Signals): Promise<void> {
	server.workers = server.workers.filter((other) => other !== worker);
	await Promise.all([worker.stop(signal), server.addWorker()]);
}

test.each(['poll', 'callback'])('a wait by %s on a worker ends with the file', async (strategy) => {
	const hook = await hookFor(bench.rest, avatarNode(bench, { waitStrategy: strategy }));
	await hook.call();
	const execution = await bench.rest.until(await hook.latest());
	expect(execution.status).toBe('success');
	const [item] = execution.items(NODE);
	expect(item?.json.task_id).toBe(bench.simulator.tasks[0]?.id);
	expect(item?.binary?.data?.bytes).toBeGreaterThan(1000);
	expect(bench.simulator.paidTasks()).toBe(1);
});

test('if a worker is killed while it waits, the log contains the task ID, and the task can be fetched', async () => {
	const hook = await hookFor(bench.rest, avatarNode(bench));
	await hook.call();
	const { worker, taskId } = await workerOfTask();
	await replace(worker, 'SIGKILL');
	// n8n gives up on the execution without running it again, and stores nothing to resume from.
	const lost = await bench.rest.until(await hook.latest(), ['error']);
	expect(lost.error?.message).toContain('failed to be processed too many times');
	expect(lost.items(NODE)).toEqual([]);

	const rescue = await hookFor(
		bench.rest,
		klingNode(
			{
				resource: 'task',
				operation: 'get',
				taskId,
				waitForCompletion: true,
				downloadVideo: true,
				options: { pollIntervalSeconds: 1 },
			},
			{ credentials: { cometApiKlingApi: { id: bench.credentialId, name: 'CometAPI' } } },
		),
	);
	await rescue.call();
	const execution = await bench.rest.until(await rescue.latest());
	expect(execution.items(NODE)[0]?.binary?.data?.mimeType).toBe('video/mp4');

	// So Retry execution has nothing to run: it ends with the same message and creates no task.
	const retried = await bench.rest.until(await bench.rest.retry(lost.id));
	expect(retried.error?.message).toBe(lost.error?.message);
	expect(bench.simulator.paidTasks()).toBe(1);
});

test('a callback wait finishes although the worker that started it was killed', async () => {
	bench.simulator.configure({ taskSeconds: 600 });
	const hook = await hookFor(bench.rest, avatarNode(bench, { waitStrategy: 'callback' }));
	await hook.call();
	const { worker, taskId } = await workerOfTask();
	const executionId = await hook.latest();
	await bench.rest.until(executionId, ['waiting']);
	await replace(worker, 'SIGKILL');
	await bench.simulator.finish(taskId);
	const execution = await bench.rest.until(executionId);
	expect(execution.items(NODE)[0]?.json.task_status).toBe('succeed');
});

test('a worker that is asked to stop finishes the wait first', async () => {
	bench.simulator.configure({ taskSeconds: 6 });
	const hook = await hookFor(bench.rest, avatarNode(bench));
	await hook.call();
	const { worker } = await workerOfTask();
	await replace(worker, 'SIGTERM');
	const execution = await bench.rest.until(await hook.latest());
	expect(execution.status).toBe('success');
	expect(bench.simulator.paidTasks()).toBe(1);
});

test(
	'200 suspended executions occupy none of the 10 slots, and all of them finish',
	async () => {
		const figures = await manyWaits(server, bench, MANY_EXECUTIONS);
		process.stdout.write(`\n${MANY_EXECUTIONS} waits in queue mode: ${JSON.stringify(figures)}\n`);
		expect(figures.statusOfAnother).toBe('success');
		expect(bench.simulator.paidTasks()).toBe(MANY_EXECUTIONS);
	},
	2 * MANY_TIMEOUT_MS,
);
