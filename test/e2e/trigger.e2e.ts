import axios from 'axios';

import { nodeOf, type WorkflowJson } from '../harness';
import { avatarNode, manualWorkflow, openWorkbench, type Workbench } from './workbench';
import { until } from './until';

const TRIGGER = 'CometAPI Kling Trigger';
const HTTP_BAD_REQUEST = 400;
const HTTP_NOT_FOUND = 404;

let bench: Workbench;

beforeAll(async () => (bench = await openWorkbench()));
beforeEach(() => {
	bench.simulator.reset();
	bench.simulator.configure({ taskSeconds: 2, callbackTimes: 1 });
});
afterAll(async () => await bench.simulator.stop());

/** Creates a workflow with the trigger; returns its ID and the trigger's URL. */
async function created(
	parameters = {},
	credentialId = bench.credentialId,
): Promise<{ workflowId: string; url: string }> {
	const path = `kling-${Math.random().toString(36).slice(2)}`;
	const trigger = nodeOf(TRIGGER, 'n8n-nodes-cometapi-kling.cometApiKlingTrigger', parameters, {
		webhookId: path,
		credentials: { cometApiKlingApi: { id: credentialId, name: 'CometAPI' } },
	});
	const workflow: WorkflowJson = { nodes: [trigger], connections: {} };
	const workflowId = await bench.rest.createWorkflow(workflow, 'Trigger');
	return { workflowId, url: `${bench.rest.url}/webhook/${path}/kling` };
}

/** Activates a workflow and waits until it listens, because n8n responds earlier. */
async function listen(
	parameters = {},
	credentialId = bench.credentialId,
): Promise<{ workflowId: string; url: string }> {
	const { workflowId, url } = await created(parameters, credentialId);
	await bench.rest.activate(workflowId);
	await until(async () => (await post(url, {})) === HTTP_BAD_REQUEST);
	return { workflowId, url };
}

async function post(url: string, body: object): Promise<number> {
	return (await axios.post(url, body, { validateStatus: () => true })).status;
}

/** Submits a task that calls back to the URL, and does not wait for it. */
async function submit(callbackUrl: string): Promise<void> {
	const node = avatarNode(bench, { callbackUrl }, { waitForCompletion: false });
	const id = await bench.rest.createWorkflow(manualWorkflow(1, node), 'Submit');
	expect((await bench.rest.until(await bench.rest.run(id, 'Start'))).status).toBe('success');
}

test('one workflow submits and ends, and another starts with the finished task and its file', async () => {
	bench.simulator.configure({ callbackTimes: 3 });
	const { workflowId, url } = await listen({ downloadVideo: true });
	await submit(url);
	await until(async () => (await bench.rest.executionIds(workflowId)).length > 0);
	// Repeats arrive at the same time, so a second start would be visible by now.
	await until(() => bench.simulator.callbacks.every((callback) => callback.status !== 0));
	const ids = await bench.rest.executionIds(workflowId);
	expect(ids).toHaveLength(1);
	const [item] = (await bench.rest.until(ids[0] ?? '')).items(TRIGGER);
	expect(item?.json).toMatchObject({
		task_id: bench.simulator.tasks[0]?.id,
		task_type: 'avatar',
		task_status: 'succeed',
	});
	const bytes = await bench.rest.bytes(item?.binary?.data?.id ?? '');
	expect(bytes.subarray(4, 8).toString()).toBe('ftyp');
	expect(bench.simulator.callbacks.map((callback) => callback.status)).toEqual(
		bench.simulator.callbacks.map(() => 200),
	);
});

test('forged callbacks start nothing and add nothing to the workflow', async () => {
	const { workflowId, url } = await listen();
	const running = bench.simulator.plantTask('videos/avatar/image2video', 'processing');
	const news = { task_status: 'succeed', task_result: { videos: [{ url: 'x' }] } };
	// The API may not know a new task yet, so the sender may repeat the callback.
	expect(await post(url, { ...news, task_id: '123' })).toBe(503);
	expect(await post(url, { ...news, task_id: running.id })).toBe(503);
	expect(await post(url, { hello: 'there' })).toBe(HTTP_BAD_REQUEST);
	expect(await bench.rest.executionIds(workflowId)).toEqual([]);
});

test('an unverified callback cannot make n8n fetch from its own machine', async () => {
	const credentialId = await bench.rest.createCredential('cometApiKlingApi', 'CometAPI, public', {
		apiKey: 'sk-none',
		baseUrl: 'https://api.cometapi.com',
	});
	const { workflowId, url } = await listen(
		{ downloadVideo: true, options: { verify: false } },
		credentialId,
	);
	const { length } = bench.simulator.requests;
	const result = {
		videos: [{ id: '1', url: `${bench.simulator.mediaUrl}/clip.mp4`, duration: '5' }],
	};
	const forged = { task_id: '71', task_status: 'succeed', task_result: result };
	expect(await post(url, forged)).toBe(200);
	await until(async () => (await bench.rest.executionIds(workflowId)).length === 1);
	const [id = ''] = await bench.rest.executionIds(workflowId);
	const [item] = (await bench.rest.until(id)).items(TRIGGER);
	expect(item?.json).toMatchObject({ task_id: '71', task_status: 'succeed' });
	expect(item?.json.error).toContain('is not a public address');
	expect(item?.binary).toBeUndefined();
	expect(bench.simulator.requests).toHaveLength(length);
});

test('does not query an ID that would leave the route', async () => {
	const { url } = await listen();
	const { length } = bench.simulator.requests;
	for (const task_id of ['.', '..', '../../../v1/models', 'a/b']) {
		expect(await post(url, { task_id, task_status: 'succeed' })).toBe(HTTP_BAD_REQUEST);
	}
	expect(bench.simulator.requests).toHaveLength(length);
});

test('a trigger with an invalid Custom Path is not published, and the editor says why', async () => {
	const { workflowId, url } = await created({ taskType: 'custom', customPath: '../models' });
	const refusal = await bench.rest.activate(workflowId).then(
		async () => {
			let status = '';
			await until(async () => {
				status = await bench.rest.publicationStatus(workflowId);
				return status.includes('"failed"');
			});
			return status;
		},
		// Versions of n8n from before publishing reject the request at once.
		(error: unknown) => String(error),
	);
	expect(refusal).toContain('is not a valid Kling path');
	expect(await post(url, { task_id: '7', task_status: 'succeed' })).toBe(HTTP_NOT_FOUND);
	expect(await bench.rest.executionIds(workflowId)).toEqual([]);
});

/** More polls than one callback makes in its few seconds, but fewer than two callbacks make. */
const POLLS_OF_ONE_CALLBACK_AND_MORE = 11;

test('asks the sender to call back later while the API is down', async () => {
	const { workflowId, url } = await listen();
	const task = bench.simulator.plantTask('videos/avatar/image2video', 'succeed');
	const news = { task_id: task.id, task_status: 'succeed' };
	const times = POLLS_OF_ONE_CALLBACK_AND_MORE;
	bench.simulator.inject({ on: 'poll', kind: { http: 503 }, times });
	expect(await post(url, news)).toBe(503);
	expect(await post(url, news)).toBe(200);
	await until(async () => (await bench.rest.executionIds(workflowId)).length === 1);
});

test('if the API lags behind its own callback, queries it again for a few seconds', async () => {
	const { workflowId, url } = await listen();
	const task = bench.simulator.plantTask('videos/avatar/image2video', 'processing');
	const posted = post(url, { task_id: task.id, task_status: 'succeed' });
	await until(() => bench.simulator.requests.some((request) => request.path.endsWith(task.id)));
	await bench.simulator.finish(task.id);
	expect(await posted).toBe(200);
	await until(async () => (await bench.rest.executionIds(workflowId)).length === 1);
});

test.each([
	['an unknown status', { task_status: 'all_done' }],
	['no status', {}],
	["Kling's ID next to our own external ID", { task_id: '77', external_task_id: 'mine-7' }],
])('queries the API after a callback with %s', async (_what, body) => {
	const { workflowId, url } = await listen();
	const task = bench.simulator.plantTask('videos/avatar/image2video', 'succeed', {}, 'mine-7');
	expect(await post(url, { task_id: task.id, ...body })).toBe(200);
	await until(async () => (await bench.rest.executionIds(workflowId)).length === 1);
});

test('starts only for the selected events, and never twice for the same one', async () => {
	const { workflowId, url } = await listen({ statuses: ['failed'] });
	const good = bench.simulator.plantTask('videos/avatar/image2video', 'succeed');
	const bad = bench.simulator.plantTask('videos/avatar/image2video', 'failed');
	for (const task of [good, bad, bad]) {
		await post(url, { task_id: task.id, task_status: task.status });
	}
	await until(async () => (await bench.rest.executionIds(workflowId)).length > 0);
	const ids = await bench.rest.executionIds(workflowId);
	expect(ids).toHaveLength(1);
	const execution = await bench.rest.until(ids[0] ?? '');
	expect(execution.items(TRIGGER)[0]?.json).toMatchObject({ task_id: bad.id });
});
