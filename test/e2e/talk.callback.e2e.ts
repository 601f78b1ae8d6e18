import type { IDataObject } from 'n8n-workflow';

import { NOT_FOUND_GRACE_MS } from '../../nodes/CometApiKling/polling/waitForTask';
import { LONG_TEXT, clipsOf } from '../longTalk/setup';
import { avatarNode, manualWorkflow, NODE, openWorkbench, type Workbench } from './workbench';

/** n8n resumes waiting executions once a minute. */
const TIME_OUT_MS = 200_000;

let bench: Workbench;

beforeAll(async () => (bench = await openWorkbench({ speechSeconds: () => 4 })));
beforeEach(() => {
	bench.simulator.reset();
	bench.simulator.configure({ taskSeconds: 600, parallelLimit: 100 });
});
afterAll(async () => await bench.simulator.stop());

/** Starts a talk that waits for callbacks, and waits until it does. */
async function startTalk(options: IDataObject = {}): Promise<string> {
	const node = avatarNode(
		bench,
		{ waitStrategy: 'callback', longText: 'split', captions: true, ...options },
		{ audioSource: 'text', text: LONG_TEXT },
	);
	const id = await bench.rest.createWorkflow(manualWorkflow(1, node), 'Talk by callback');
	const execution = await bench.rest.run(id, 'Start');
	await bench.rest.until(execution, ['waiting']);
	return execution;
}

function avatars(): string[] {
	return bench.simulator.tasks.filter(({ path }) => path !== 'audio/tts').map(({ id }) => id);
}

test('all clips become one video when the last of them calls back', async () => {
	const id = await startTalk();
	const ids = avatars();
	expect(ids.length).toBeGreaterThan(3);
	for (const taskId of ids) await bench.simulator.finish(taskId);
	const execution = await bench.rest.until(id);
	expect(execution.status).toBe('success');
	const items = execution.items(NODE);
	expect(items).toHaveLength(1);
	const clips = clipsOf(items[0]);
	expect(clips.map(({ text }) => text).join(' ')).toBe(LONG_TEXT);
	expect(clips.map(({ task_id }) => task_id).sort()).toEqual([...ids].sort());
	expect(items[0]?.json.video_duration).toBeCloseTo(4 * ids.length, 0);
	expect(items[0]?.json.captions_srt).toContain('-->');
	expect(Object.keys(items[0]?.binary ?? {})).toEqual(['data']);
	expect(bench.simulator.paidTasks()).toBe(2 * ids.length);
});

test('a failed clip is listed with its reason', async () => {
	const id = await startTalk();
	const [first = '', ...others] = avatars();
	bench.simulator.fail(first, 'no face found');
	for (const taskId of others) await bench.simulator.finish(taskId);
	const [item] = (await bench.rest.until(id)).items(NODE);
	expect(item?.json.task_status_msg).toBe('no face found');
	const failed = clipsOf(item).filter(({ task_status }) => task_status === 'failed');
	expect(failed.map(({ task_id }) => task_id)).toEqual([first]);
	expect(item?.binary).toBeUndefined();
});

test('a clip that the API no longer knows does not hold up the others', async () => {
	const id = await startTalk();
	const ids = avatars();
	const [lost = '', ...others] = ids;
	bench.simulator.forget(lost);
	// Before that, a task may be unknown because it is new.
	await new Promise((resolve) => setTimeout(resolve, NOT_FOUND_GRACE_MS));
	for (const taskId of others) await bench.simulator.finish(taskId);
	const execution = await bench.rest.until(id);
	const [item, ...more] = execution.items(NODE);
	expect(more).toEqual([]);
	expect(item?.json.error).toMatch(/could not find the task/);
	expect(
		clipsOf(item)
			.map(({ task_id }) => task_id)
			.sort(),
	).toEqual([...ids].sort());
});

test('if the time runs out, the item lists all clips with their texts', async () => {
	const node = avatarNode(
		bench,
		{ waitStrategy: 'callback', longText: 'split', maxWaitSeconds: 10 },
		{ audioSource: 'text', text: LONG_TEXT },
	);
	const id = await bench.rest.createWorkflow(manualWorkflow(1, node), 'Talk out of time');
	const execution = await bench.rest.until(
		await bench.rest.run(id, 'Start'),
		undefined,
		TIME_OUT_MS,
	);
	const [item] = execution.items(NODE);
	expect(item?.json).toMatchObject({ timed_out: true, task_status: 'submitted' });
	const clips = clipsOf(item);
	expect(clips.map(({ text }) => text).join(' ')).toBe(LONG_TEXT);
	expect(clips.map(({ task_id }) => task_id).sort()).toEqual([...avatars()].sort());
});
