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

/** Items are submitted at the same time, so the simulator may have received them in any order. */
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

test('all items are returned with their files, in input order', async () => {
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

test('polling is the default, and no callback is requested', async () => {
	const id = await bench.rest.createWorkflow(manualWorkflow(1, avatarNode(bench)), 'Default');
	expect((await bench.rest.until(await bench.rest.run(id, 'Start'))).status).toBe('success');
	expect(bench.simulator.tasks).toHaveLength(1);
	expect(bench.simulator.tasks[0]?.callbackUrl).toBeUndefined();
	expect(queries()).toBeGreaterThan(0);
});

test('sends no request to the API while it waits', async () => {
	bench.simulator.configure({ taskSeconds: 600 });
	const id = await start(1);
	await bench.rest.until(id, ['waiting']);
	const before = queries();
	await new Promise((resolve) => setTimeout(resolve, 3000));
	expect(queries()).toBe(before);
	await finishAll();
	expect((await bench.rest.until(id)).status).toBe('success');
});

test('items without a free slot are submitted before the execution is suspended', async () => {
	bench.simulator.configure({ parallelLimit: 2, taskSeconds: 2 });
	const execution = await bench.rest.until(await start(5));
	expect(execution.items(NODE)).toHaveLength(5);
	expect(bench.simulator.paidTasks()).toBe(5);
});

test('forged, early or repeated callbacks never override what the API says', async () => {
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
	const polls = (): string[] =>
		bench.simulator.requests
			.slice(length)
			.filter(isQuery)
			.map((request) => request.path);
	for (const body of [
		{ task_id: one?.id, task_status: 'processing' },
		{ task_id: 'another', task_status: 'succeed' },
	]) {
		expect(await callBack(body)).toBe(200);
	}
	// A task that is reported as running, or that this execution does not have, is not queried.
	expect(polls()).toEqual([]);
	for (const body of [{}, [], 'text']) {
		expect(await callBack(body)).toBe(503);
	}
	// One unfinished task is enough to know that the execution must not resume.
	expect(polls()).toHaveLength(3);
	const unknown = { task_id: one?.id, task_status: 'almost' };
	const forgeries = [forged, { data: forged }, unknown].map(async (body) => await callBack(body));
	expect(await Promise.all(forgeries)).toEqual([503, 503, 503]);
	expect(polls().slice(3)).toEqual(
		polls()
			.slice(3)
			.map((): unknown => expect.stringContaining(one?.id ?? '')),
	);
	expect(await bench.rest.status(id)).toBe('waiting');
	await finishAll();
	const execution = await bench.rest.until(id);
	expect(execution.items(NODE)).toHaveLength(2);
	expect(execution.text).not.toContain('evil.example');
	expect(bench.simulator.paidTasks()).toBe(2);
	expect(await callBack(forged)).toBeGreaterThanOrEqual(400);
	expect(bench.simulator.paidTasks()).toBe(2);
});

/** Makes the API report for some polls that a task is still running. */
function lag(task: SimulatedTask | undefined, times: number): void {
	const data = { task_id: task?.id, task_status: 'processing', task_result: {} };
	const body = JSON.stringify({ code: 0, message: 'SUCCEED', data });
	bench.simulator.inject({ on: 'poll', kind: { http: 200, body }, times });
}

test('if the API lags behind its own callback, queries it again for a few seconds', async () => {
	const { simulator, rest } = bench;
	simulator.configure({ taskSeconds: 600 });
	const id = await start(1);
	await rest.until(id, ['waiting']);
	lag(simulator.tasks[0], 2);
	await finishAll();
	const execution = await rest.until(id);
	expect(execution.items(NODE)[0]?.json.task_status).toBe('succeed');
	expect(simulator.callbacks[simulator.callbacks.length - 1]?.status).toBe(200);
});

/** More polls than one callback makes in its few seconds, but fewer than two callbacks make. */
const POLLS_OF_ONE_CALLBACK_AND_MORE = 11;

test.each([
	['lags for longer', (): void => lag(bench.simulator.tasks[0], POLLS_OF_ONE_CALLBACK_AND_MORE)],
	[
		'is down',
		(): void => {
			const times = POLLS_OF_ONE_CALLBACK_AND_MORE;
			bench.simulator.inject({ on: 'poll', kind: { http: 503 }, times });
		},
	],
])('asks the sender to call back again while the API %s', async (_what, disturb) => {
	const { simulator, rest } = bench;
	simulator.configure({ taskSeconds: 600 });
	const id = await start(1);
	await rest.until(id, ['waiting']);
	disturb();
	await finishAll();
	await until(() => simulator.callbacks[simulator.callbacks.length - 1]?.status === 503);
	expect(await rest.status(id)).toBe('waiting');
	expect(await callBack({ task_id: simulator.tasks[0]?.id, task_status: 'succeed' })).toBe(200);
	expect((await rest.until(id)).items(NODE)[0]?.json.task_status).toBe('succeed');
});

test.each([
	[
		"Kling's shape",
		(external: string): object => ({ id: 'kling-7', status: 'succeeded', external_id: external }),
	],
	[
		"the gateway's shape",
		(external: string): object => ({
			task_id: '855123456789012345',
			task_status: 'succeed',
			task_info: { external_task_id: external },
		}),
	],
	['no known status', (external: string): object => ({ external_task_id: external })],
])("matches a callback with Kling's ID by the external ID, in %s", async (_shape, bodyOf) => {
	const { simulator, rest } = bench;
	simulator.configure({ taskSeconds: 600, callbackTimes: 0 });
	const id = await start(1);
	await rest.until(id, ['waiting']);
	await finishAll();
	const { length } = simulator.requests;
	expect(await callBack(bodyOf(simulator.tasks[0]?.externalTaskId ?? ''))).toBe(200);
	expect((await rest.until(id)).items(NODE)[0]?.json.task_id).toBe(simulator.tasks[0]?.id);
	const polled = simulator.requests.slice(length).filter(isQuery);
	expect(polled.map(({ path }) => path.split('/').pop())).toEqual([simulator.tasks[0]?.id]);
});

test('a task that the API no longer knows does not delay the others', async () => {
	const { simulator, rest } = bench;
	simulator.configure({ taskSeconds: 600 });
	const id = await start(3);
	await rest.until(id, ['waiting']);
	const [lost, ...others] = tasksInOrder();
	simulator.tasks.splice(
		simulator.tasks.findIndex((task) => task === lost),
		1,
	);
	await Promise.all(others.map(async (task) => await simulator.finish(task.id)));
	// In the first seconds after its creation, a task may be unknown without being lost.
	await until(async () => {
		await callBack({ task_id: others[0]?.id, task_status: 'succeed' });
		return (await rest.status(id)) === 'success';
	}, 60_000);
	const items = (await rest.until(id)).items(NODE);
	expect(items.map(({ json }) => json.task_id)).toEqual([
		lost?.id,
		...others.map((task) => task.id),
	]);
	expect(items[0]?.json.error).toMatch(/does not know the task|could not find the task/);
	for (const item of items.slice(1)) expect(item.binary?.data?.mimeType).toBe('video/mp4');
});

test('several simultaneous callbacks resume the execution once', async () => {
	bench.simulator.configure({ taskSeconds: 600 });
	const id = await start(4);
	await bench.rest.until(id, ['waiting']);
	await finishAll();
	const execution = await bench.rest.until(id);
	expect(execution.items(NODE, 0)).toHaveLength(4);
	// A repeated callback of the previous test may still be in progress.
	const ownFiles = JSON.stringify(bench.simulator.tasks.map((task) => task.result));
	const downloads = bench.simulator.requests.filter(
		({ route, path }) => route === 'download' && ownFiles.includes(path),
	);
	expect(downloads).toHaveLength(4);
});

test('failed tasks are returned as items with the reason', async () => {
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

test('returns the task with an error if the download fails', async () => {
	bench.simulator.inject({ on: 'download', kind: { http: 404 }, times: Infinity });
	const execution = await bench.rest.until(await start(1));
	const [item] = execution.items(NODE);
	expect(item?.json).toMatchObject({
		task_id: bench.simulator.tasks[0]?.id,
		task_status: 'succeed',
	});
	expect(JSON.stringify(item?.json)).toMatch(/could not be downloaded/);
});

test('reports before anything is charged that CometAPI cannot reach this n8n instance', async () => {
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
