import axios from 'axios';
import type { INode } from 'n8n-workflow';

import { chainOf, klingNode, nodeOf, type WorkflowJson } from '../harness';
import { startQueue, type QueueServer } from './n8n/queue';
import type { ServerProcess } from './n8n/serverProcess';
import { until } from './until';
import { avatarNode, NODE, workbenchOf, type Workbench } from './workbench';

const MANY_EXECUTIONS = 200;
const MANY_TIMEOUT_MS = 240_000;

let server: QueueServer;
let bench: Workbench;

beforeAll(async () => {
	server = await startQueue(2);
	bench = await workbenchOf(server.rest, server.userFolder, { parallelLimit: 1000 });
});
beforeEach(() => {
	bench.simulator.reset();
	bench.simulator.configure({ taskSeconds: 3 });
});
afterAll(async () => {
	await bench.simulator.stop();
	await server.stop();
});

interface Hook {
	workflowId: string;
	/** Starts an execution, on one of the workers. */
	call(): Promise<void>;
}

/** An active workflow of a webhook and a node. */
async function hookFor(node: INode): Promise<Hook> {
	const path = `start-${Math.random().toString(36).slice(2)}`;
	const hook = nodeOf(
		'Hook',
		'n8n-nodes-base.webhook',
		{ httpMethod: 'POST', path },
		{ webhookId: path, typeVersion: 2 },
	);
	const chain = chainOf(node);
	const workflow: WorkflowJson = {
		nodes: [hook, node],
		connections: { Hook: chain.connections.Start ?? {} },
	};
	const workflowId = await bench.rest.createWorkflow(workflow, 'Queue');
	await bench.rest.activate(workflowId);
	const url = `${server.url}/webhook/${path}`;
	let isReady = false;
	return {
		workflowId,
		call: async () => {
			if (isReady) {
				await axios.post(url, {});
				return;
			}
			// n8n answers the activation before it listens.
			await until(async () => {
				const { status } = await axios.post(url, {}, { validateStatus: () => true });
				return status === 200;
			});
			isReady = true;
		},
	};
}

async function idOfLatest(workflowId: string): Promise<string> {
	await until(async () => (await bench.rest.executionIds(workflowId)).length > 0);
	return (await bench.rest.executionIds(workflowId))[0] ?? '';
}

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

/** Ends a worker by a signal, and puts another in its place. */
async function replace(worker: ServerProcess, signal: NodeJS.Signals): Promise<void> {
	await worker.stop(signal);
	server.workers = server.workers.filter((other) => other !== worker);
	await server.addWorker();
}

test.each(['poll', 'callback'])('a wait by %s on a worker ends with the file', async (strategy) => {
	const hook = await hookFor(avatarNode(bench, { waitStrategy: strategy }));
	await hook.call();
	const execution = await bench.rest.until(await idOfLatest(hook.workflowId));
	expect(execution.status).toBe('success');
	const [item] = execution.items(NODE);
	expect(item?.json.task_id).toBe(bench.simulator.tasks[0]?.id);
	expect(item?.binary?.data?.bytes).toBeGreaterThan(1000);
	expect(bench.simulator.paidTasks()).toBe(1);
});

test('of a worker killed while it waits, the log names the task, and the task can be had', async () => {
	const hook = await hookFor(avatarNode(bench));
	await hook.call();
	const { worker, taskId } = await workerOfTask();
	await replace(worker, 'SIGKILL');

	const get = klingNode(
		{
			resource: 'task',
			operation: 'get',
			taskId,
			waitForCompletion: true,
			downloadVideo: true,
			options: { pollIntervalSeconds: 1 },
		},
		{ credentials: { cometApiKlingApi: { id: bench.credentialId, name: 'CometAPI' } } },
	);
	const rescue = await hookFor(get);
	await rescue.call();
	const execution = await bench.rest.until(await idOfLatest(rescue.workflowId));
	expect(execution.items(NODE)[0]?.binary?.data?.mimeType).toBe('video/mp4');
	expect(bench.simulator.paidTasks()).toBe(1);
});

test('a callback wait finishes although the worker that began it was killed', async () => {
	bench.simulator.configure({ taskSeconds: 600 });
	const hook = await hookFor(avatarNode(bench, { waitStrategy: 'callback' }));
	await hook.call();
	const { worker, taskId } = await workerOfTask();
	const executionId = await idOfLatest(hook.workflowId);
	await bench.rest.until(executionId, ['waiting']);
	await replace(worker, 'SIGKILL');
	await bench.simulator.finish(taskId);
	const execution = await bench.rest.until(executionId);
	expect(execution.items(NODE)[0]?.json.task_status).toBe('succeed');
});

test('a worker that is asked to stop finishes the wait first', async () => {
	bench.simulator.configure({ taskSeconds: 6 });
	const hook = await hookFor(avatarNode(bench));
	await hook.call();
	const { worker } = await workerOfTask();
	await replace(worker, 'SIGTERM');
	const execution = await bench.rest.until(await idOfLatest(hook.workflowId));
	expect(execution.status).toBe('success');
	expect(bench.simulator.paidTasks()).toBe(1);
});

test(
	'200 executions put to wait hold no slot of the 10, and all of them finish',
	async () => {
		bench.simulator.configure({ taskSeconds: 3600 });
		const waiting = await hookFor(avatarNode(bench, { waitStrategy: 'callback' }));
		const quick = await hookFor(nodeOf('Quick', 'n8n-nodes-base.noOp'));
		const memoryBefore = memoryMegabytes();
		const startedAt = Date.now();
		for (let count = 0; count < MANY_EXECUTIONS; count++) await waiting.call();
		const statuses = async (): Promise<Map<string, number>> =>
			await bench.rest.countByStatus(waiting.workflowId);
		await until(async () => (await statuses()).get('waiting') === MANY_EXECUTIONS, MANY_TIMEOUT_MS);
		const waitingAfterMs = Date.now() - startedAt;
		const memoryWaiting = memoryMegabytes();

		const quickFrom = Date.now();
		await quick.call();
		const done = await bench.rest.until(await idOfLatest(quick.workflowId));
		expect(done.status).toBe('success');
		const quickMs = Date.now() - quickFrom;

		const resumedFrom = Date.now();
		await Promise.all(
			bench.simulator.tasks.map(async (task) => await bench.simulator.finish(task.id)),
		);
		await until(async () => (await statuses()).get('success') === MANY_EXECUTIONS, MANY_TIMEOUT_MS);
		process.stdout.write(
			`\n200 waits: all waiting after ${waitingAfterMs} ms, another execution meanwhile ${quickMs} ms, ` +
				`all resumed and done ${Date.now() - resumedFrom} ms; memory of main and workers ` +
				`${memoryBefore} MB before, ${memoryWaiting} MB waiting, ${memoryMegabytes()} MB after\n`,
		);
		expect(bench.simulator.paidTasks()).toBe(MANY_EXECUTIONS);
	},
	2 * MANY_TIMEOUT_MS,
);

function memoryMegabytes(): number {
	const bytes = [server.main, ...server.workers].map((one) => one.memoryBytes());
	return Math.round(bytes.reduce((sum, each) => sum + each, 0) / 1024 ** 2);
}
