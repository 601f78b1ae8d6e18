import axios from 'axios';

import type { RecordedRequest, SimulatedTask } from '../simulator';
import { until } from './until';
import { manualWorkflow, avatarNode, NODE, openWorkbench, type Workbench } from './workbench';

let bench: Workbench;

beforeAll(async () => (bench = await openWorkbench()));
beforeEach(() => {
	bench.simulator.reset();
	bench.simulator.configure({ taskSeconds: 2, callbackTimes: 1, parallelLimit: 100 });
});
afterAll(async () => await bench.simulator.stop());

/** Runs a workflow that waits for callbacks. */
async function start(items: number, options = {}, parameters = {}): Promise<string> {
	const node = avatarNode(bench, { waitStrategy: 'callback', ...options }, parameters);
	const id = await bench.rest.createWorkflow(manualWorkflow(items, node), 'Callback');
	return await bench.rest.run(id, 'Start');
}

function resumeUrl(): string {
	const [task] = bench.simulator.tasks;
	if (!task?.callbackUrl) throw new Error('No task has a callback URL.');
	return task.callbackUrl;
}

async function callBack(body: unknown): Promise<number> {
	return (await axios.post(resumeUrl(), body, { validateStatus: () => true })).status;
}

/** Items are submitted at the same time, so that the simulator may have met them in any order. */
function tasksInOrder(): SimulatedTask[] {
	const byItem = (task: SimulatedTask): string => task.externalTaskId?.split('-')[3] ?? '';
	return [...bench.simulator.tasks].sort((one, other) => byItem(one).localeCompare(byItem(other)));
}

async function finishAll(): Promise<void> {
	const { simulator } = bench;
	await Promise.all(simulator.tasks.map(async (task) => await simulator.finish(task.id)));
}

const isQuery = (request: RecordedRequest): boolean => request.route === 'poll';

const queries = (): number => bench.simulator.requests.filter(isQuery).length;

test('all items come out, each with its file, in input order', async () => {
	const { simulator, rest } = bench;
	simulator.configure({ taskSeconds: (order) => 4 - order });
	const execution = await rest.until(await start(3));
	expect(execution.status).toBe('success');
	const items = execution.items(NODE);
	expect(items.map((item) => item.json.external_task_id)).toEqual(
		[0, 1, 2].map((index): unknown => expect.stringContaining(`-0-${index}-`)),
	);
	for (const item of items) {
		expect(item.json.task_status).toBe('succeed');
		const bytes = await rest.bytes(item.binary?.data?.id ?? '');
		expect(bytes.subarray(4, 8).toString()).toBe('ftyp');
		expect(bytes).toHaveLength(item.binary?.data?.bytes ?? -1);
	}
	expect(simulator.paidTasks()).toBe(3);
	expect(execution.text).not.toContain(simulator.key);
});

test('polling stays the default: no callback is asked for', async () => {
	const id = await bench.rest.createWorkflow(manualWorkflow(1, avatarNode(bench)), 'Default');
	expect((await bench.rest.until(await bench.rest.run(id, 'Start'))).status).toBe('success');
	expect(bench.simulator.tasks).toHaveLength(1);
	expect(bench.simulator.tasks[0]?.callbackUrl).toBeUndefined();
	expect(queries()).toBeGreaterThan(0);
});

test('while it waits, nothing is asked of the API', async () => {
	bench.simulator.configure({ taskSeconds: 600 });
	const id = await start(1);
	await bench.rest.until(id, ['waiting']);
	const before = queries();
	await new Promise((resolve) => setTimeout(resolve, 3000));
	expect(queries()).toBe(before);
	await finishAll();
	expect((await bench.rest.until(id)).status).toBe('success');
});

test('items without a free slot are submitted before the execution is put to wait', async () => {
	bench.simulator.configure({ parallelLimit: 2, taskSeconds: 2 });
	const execution = await bench.rest.until(await start(5));
	expect(execution.items(NODE)).toHaveLength(5);
	expect(bench.simulator.paidTasks()).toBe(5);
});

test('callbacks that are forged, early or repeated never bring anything but what the API says', async () => {
	bench.simulator.configure({ taskSeconds: 600, callbackTimes: 3 });
	const id = await start(2);
	await bench.rest.until(id, ['waiting']);
	const [one] = bench.simulator.tasks;
	const forged = {
		task_id: one?.id,
		task_status: 'succeed',
		task_result: { videos: [{ id: 'x', url: 'https://evil.example/x.mp4', duration: '1' }] },
	};
	const { length } = bench.simulator.requests;
	const looks = (): string[] =>
		bench.simulator.requests
			.slice(length)
			.filter(isQuery)
			.map((request) => request.path);
	expect(await callBack({ task_id: one?.id, task_status: 'processing' })).toBe(200);
	expect(looks()).toEqual([]);
	for (const body of [forged, { data: forged }, {}, [], { task_id: 'another' }, 'text']) {
		expect(await callBack(body)).toBe(200);
	}
	await until(() => looks().length > 0);
	const firstTask = tasksInOrder()[0]?.id ?? '';
	// The first unfinished task is enough to know that there is nothing to resume.
	expect(looks().filter((path) => !path.endsWith(firstTask))).toEqual([]);
	expect(await bench.rest.status(id)).toBe('waiting');
	await finishAll();
	const execution = await bench.rest.until(id);
	expect(execution.items(NODE)).toHaveLength(2);
	expect(execution.text).not.toContain('evil.example');
	expect(bench.simulator.paidTasks()).toBe(2);
	expect(await callBack(forged)).toBeGreaterThanOrEqual(400);
	expect(bench.simulator.paidTasks()).toBe(2);
});

test('several callbacks at the same instant resume it once', async () => {
	bench.simulator.configure({ taskSeconds: 600 });
	const id = await start(4);
	await bench.rest.until(id, ['waiting']);
	await finishAll();
	const execution = await bench.rest.until(id);
	expect(execution.items(NODE, 0)).toHaveLength(4);
	// A repeated callback of the test before may still be looked into.
	const ownFiles = JSON.stringify(bench.simulator.tasks.map((task) => task.result));
	const downloads = bench.simulator.requests.filter(
		({ route, path }) => route === 'download' && ownFiles.includes(path),
	);
	expect(downloads).toHaveLength(4);
});

test('failed tasks come out as items, with their reason', async () => {
	bench.simulator.configure({ taskSeconds: 600 });
	const id = await start(2);
	await bench.rest.until(id, ['waiting']);
	const [bad, good] = tasksInOrder();
	bench.simulator.fail(bad?.id ?? '', 'no face was found');
	expect(await bench.rest.status(id)).toBe('waiting');
	await bench.simulator.finish(good?.id ?? '');
	const execution = await bench.rest.until(id);
	expect(execution.status).toBe('success');
	expect(execution.items(NODE).map((item) => item.json.task_status)).toEqual(['failed', 'succeed']);
	expect(execution.items(NODE)[0]?.json.task_status_msg).toBe('no face was found');
});

test('a file that cannot be had is told in its item, which keeps the task', async () => {
	bench.simulator.inject({ on: 'download', kind: { http: 404 }, times: Infinity });
	const execution = await bench.rest.until(await start(1));
	const [item] = execution.items(NODE);
	expect(item?.json).toMatchObject({
		task_id: bench.simulator.tasks[0]?.id,
		task_status: 'succeed',
	});
	expect(JSON.stringify(item?.json)).toMatch(/could not be downloaded/);
});

test('where CometAPI could not reach this n8n, that is said before anything is paid', async () => {
	const id = await bench.rest.createCredential('cometApiKlingApi', 'Far away', {
		apiKey: 'sk-none',
		baseUrl: 'https://api.cometapi.com',
	});
	const node = avatarNode(
		{ ...bench, credentialId: id },
		{ waitStrategy: 'callback' },
		{ imageUrl: 'https://example.com/face.png', audioUrl: 'https://example.com/voice.mp3' },
	);
	const workflow = await bench.rest.createWorkflow(manualWorkflow(1, node), 'Out of reach');
	const execution = await bench.rest.until(await bench.rest.run(workflow, 'Start'));
	expect(execution.error?.message).toMatch(
		/"Wait Strategy" is Callback, but CometAPI cannot reach/,
	);
	expect(execution.error?.description).toMatch(/WEBHOOK_URL/);
});
