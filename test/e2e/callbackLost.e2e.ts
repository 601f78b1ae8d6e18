import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { readExample } from '../harness';
import { withCredential } from './n8n/rest';
import { until } from './until';
import { avatarNode, manualWorkflow, NODE, openWorkbench, type Workbench } from './workbench';

/** n8n checks once a minute for waits that have timed out. */
const TIME_OUT_MS = 120_000;

/** The node of example 08 that waits. */
const CREATE = 'Create Avatar Video';

let bench: Workbench;

beforeAll(async () => (bench = await openWorkbench()));
beforeEach(() => {
	bench.simulator.reset();
	bench.simulator.configure({ taskSeconds: 2, callbackTimes: 1, parallelLimit: 100 });
});
afterAll(async () => await bench.simulator.stop());

test('rejects a callback that arrives too early; a later one returns all items', async () => {
	const { simulator, rest } = bench;
	// The second item waits for the slot of the first, so that the execution still runs when the
	// first task calls back.
	simulator.configure({ parallelLimit: 1, taskSeconds: (order) => (order === 0 ? 3 : 600) });
	const node = avatarNode(bench, { waitStrategy: 'callback' });
	const workflowId = await rest.createWorkflow(manualWorkflow(2, node), 'Early');
	const executionId = await rest.run(workflowId, 'Start');
	await until(() => simulator.tasks.length === 2, TIME_OUT_MS);
	const [first, second] = simulator.tasks;
	const responses = simulator.callbacks.map(({ status }) => status);
	expect(responses.filter((status) => status >= 400)).not.toEqual([]);
	expect(first?.status).toBe('succeed');

	await rest.until(executionId, ['waiting']);
	await simulator.finish(second?.id ?? '');
	const execution = await rest.until(executionId);
	expect(execution.status).toBe('success');
	expect(new Set(execution.items(NODE).map((item) => item.json.task_id))).toEqual(
		new Set([first?.id, second?.id]),
	);
	for (const item of execution.items(NODE)) expect(item.binary?.data?.mimeType).toBe('video/mp4');
	expect(simulator.paidTasks()).toBe(2);
});

test('if no callback arrives, the ID is returned in time, and example 08 continues with it', async () => {
	const { simulator, rest } = bench;
	simulator.configure({ callbackTimes: 0, taskSeconds: 4 });
	const folder = path.join(bench.userFolder, 'files');
	mkdirSync(folder, { recursive: true });
	const example = readExample('08-wait-by-callback.json', folder);
	const create = avatarNode(
		bench,
		{ waitStrategy: 'callback', maxWaitSeconds: 3 },
		{},
		{ name: CREATE },
	);
	const nodes = example.nodes
		.map((node) => (node.name === CREATE ? create : node))
		.map((node) => (node.credentials ? withCredential(node, bench.credentialId) : node));
	const workflowId = await rest.createWorkflow({ ...example, nodes }, 'Lost');
	const id = await rest.run(workflowId, 'When clicking ‘Execute workflow’');
	const execution = await rest.until(id, undefined, TIME_OUT_MS);
	expect(execution.status).toBe('success');
	expect(simulator.callbacks).toEqual([]);
	const [task] = simulator.tasks;
	expect(execution.items(CREATE)[0]?.json).toMatchObject({
		task_id: task?.id,
		task_status: 'submitted',
		timed_out: true,
	});
	const video = readFileSync(path.join(folder, `${task?.id}.mp4`));
	expect(execution.items('Get Task')[0]?.binary?.data?.bytes).toBe(video.length);
	expect(simulator.paidTasks()).toBe(1);
});
