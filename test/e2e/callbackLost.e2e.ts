import { klingNode } from '../harness';
import { until } from './until';
import { avatarNode, manualWorkflow, NODE, openWorkbench, type Workbench } from './workbench';

/** n8n looks for waits that have run out once a minute. */
const TIME_OUT_MS = 120_000;

let bench: Workbench;

beforeAll(async () => (bench = await openWorkbench()));
beforeEach(() => {
	bench.simulator.reset();
	bench.simulator.configure({ taskSeconds: 2, callbackTimes: 1, parallelLimit: 100 });
});
afterAll(async () => await bench.simulator.stop());

test('a callback that comes too early is turned away; a later one brings all items', async () => {
	const { simulator, rest } = bench;
	// The second item waits for the slot of the first, so that the execution still runs when the
	// first task calls back.
	simulator.configure({ parallelLimit: 1, taskSeconds: (order) => (order === 0 ? 3 : 600) });
	const node = avatarNode(bench, { waitStrategy: 'callback' });
	const workflowId = await rest.createWorkflow(manualWorkflow(2, node), 'Early');
	const executionId = await rest.run(workflowId, 'Start');
	await until(() => simulator.tasks.length === 2, TIME_OUT_MS);
	const [first, second] = simulator.tasks;
	const answers = simulator.callbacks.map(({ status }) => status);
	expect(answers.filter((status) => status >= 400)).not.toEqual([]);
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

test('where no callback comes at all, the ids come out in time, and Get Task fetches the files', async () => {
	const { simulator, rest } = bench;
	simulator.configure({ callbackTimes: 0, taskSeconds: 4 });
	const get = klingNode(
		{
			resource: 'task',
			operation: 'get',
			taskId: '={{ $json.task_id }}',
			waitForCompletion: true,
			downloadVideo: true,
		},
		{
			name: 'Get',
			credentials: { cometApiKlingApi: { id: bench.credentialId, name: 'CometAPI' } },
		},
	);
	const node = avatarNode(bench, { waitStrategy: 'callback', maxWaitSeconds: 3 });
	const workflowId = await rest.createWorkflow(manualWorkflow(2, node, get), 'Lost');
	const execution = await rest.until(await rest.run(workflowId, 'Start'), undefined, TIME_OUT_MS);
	expect(execution.status).toBe('success');
	expect(simulator.callbacks).toEqual([]);
	const taskIds = execution.items(NODE).map((item) => item.json.task_id);
	expect(new Set(taskIds)).toEqual(new Set(simulator.tasks.map((task) => task.id)));
	for (const item of execution.items(NODE)) {
		expect(item.json).toMatchObject({ timed_out: true, task_status: 'submitted' });
	}
	expect(execution.items('Get').map((item) => item.json.task_id)).toEqual(taskIds);
	for (const item of execution.items('Get')) {
		expect(item.json.task_status).toBe('succeed');
		expect(item.binary?.data?.mimeType).toBe('video/mp4');
	}
	expect(simulator.paidTasks()).toBe(2);
});
