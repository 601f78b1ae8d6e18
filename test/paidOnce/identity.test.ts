import { readFileSync } from 'node:fs';

import {
	chainOf,
	fileField,
	itemsOf,
	klingNode,
	nodeOf,
	runWorkflow,
	type RunOptions,
} from '../harness';
import type { Simulator } from '../simulator';
import { sampleFile } from '../simulator/sampleMedia';
import { avatarParameters, avatarWorkflow, countOf, NODE, quickService } from './setup';

let simulator: Simulator;
let credentials: RunOptions['credentials'];

beforeEach(async () => ({ simulator, credentials } = await quickService()));
afterEach(async () => await simulator.stop());

const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };

/** A workflow whose expressions return something different each time. */
const CHANGING = {
	prompt: '={{ "It is " + $now.toMillis() + ", and the die shows " + Math.random() }}',
};

describe('expressions that change with each attempt', () => {
	test('Retry On Fail resumes the paid task', async () => {
		simulator.inject({ on: 'poll', kind: { http: 403, code: 1103 } });
		const node = klingNode({ ...avatarParameters(simulator), ...CHANGING }, RETRY);
		const result = await runWorkflow({ workflow: chainOf(node), credentials });
		expect(result.status).toBe('success');
		expect(simulator.paidTasks()).toBe(1);
	});

	test('Retry execution resumes the task, and its speech', async () => {
		const node = klingNode({
			...avatarParameters(simulator),
			audioSource: 'text',
			text: '={{ "The time is " + $now.toMillis() + ", good day to all of you." }}',
			...CHANGING,
		});
		const workflow = chainOf(node);
		simulator.inject({ on: 'poll', kind: { http: 403, code: 1103 } });
		const failed = await runWorkflow({ workflow, credentials });
		expect(failed.status).toBe('error');
		const result = await runWorkflow({ workflow, credentials, retryOf: failed });
		expect(result.status).toBe('success');
		expect(simulator.tasks).toHaveLength(2);
	});

	test('a changing External Task ID does not cause a second charge either', async () => {
		const parameters = avatarParameters(simulator, {
			externalTaskId: '={{ "id-" + Math.random() }}',
		});
		simulator.inject({ on: 'poll', kind: { http: 403, code: 1103 } });
		const workflow = chainOf(klingNode(parameters, RETRY));
		const result = await runWorkflow({ workflow, credentials });
		expect(result.status).toBe('success');
		expect(simulator.paidTasks()).toBe(1);
	});
});

test('fields of the input without a value, which n8n does not store, do not matter', async () => {
	const edit = nodeOf(
		'Edit',
		'n8n-nodes-base.set',
		{ keepOnlySet: false, values: { string: [{ name: 'x', value: '={{ $json.nothing }}' }] } },
		{ typeVersion: 2 },
	);
	simulator.inject({ on: 'poll', kind: { http: 403, code: 1103 } });
	const workflow = chainOf(edit, klingNode(avatarParameters(simulator)));
	const failed = await runWorkflow({ workflow, credentials });
	const result = await runWorkflow({ workflow, credentials, retryOf: failed });
	expect(result.status).toBe('success');
	expect(simulator.paidTasks()).toBe(1);
});

test('a URL that changes with each attempt resumes the task', async () => {
	simulator.inject({ on: 'poll', kind: { http: 403, code: 1103 } });
	const imageUrl = `={{ "${simulator.mediaUrl}/face.png?t=" + Math.random() }}`;
	const node = klingNode({ ...avatarParameters(simulator), imageUrl }, RETRY);
	expect((await runWorkflow({ workflow: chainOf(node), credentials })).status).toBe('success');
	expect(simulator.paidTasks()).toBe(1);
});

test('the name that the list shows for a voice does not matter', async () => {
	const workflowWith = (cachedResultName: string) =>
		chainOf(
			klingNode({
				...avatarParameters(simulator),
				audioSource: 'text',
				text: 'Good day to all of you, and welcome to the show.',
				voice: { __rl: true, mode: 'list', value: 'en:calm_story1', cachedResultName },
			}),
		);
	simulator.inject({ on: 'poll', kind: { http: 403, code: 1103 } });
	const failed = await runWorkflow({ workflow: workflowWith('Lore'), credentials });
	const retry = { workflow: workflowWith('Lore · English'), credentials, retryOf: failed };
	expect((await runWorkflow(retry)).error?.message).toBeUndefined();
	expect(simulator.tasks).toHaveLength(2);
});

test('another file with the same fields is a new request', async () => {
	const parameters = { ...avatarParameters(simulator), imageSource: 'binary' };
	const workflow = { ...chainOf(klingNode(parameters)), id: 'files' };
	const bytes = readFileSync(await sampleFile('face.jpg'));
	for (const image of [bytes, Buffer.concat([bytes, Buffer.from('x')])]) {
		const input = [{ json: {}, binary: { data: fileField(image, 'face.jpg', 'image/jpeg') } }];
		await runWorkflow({ workflow, credentials, input });
	}
	expect(simulator.paidTasks()).toBe(2);
});

test('tests in the editor do not swap the videos of equal items', async () => {
	simulator.inject({ on: 'create', kind: { http: 429, code: 1303 } });
	const prompt = '={{ ["She smiles", "She frowns"][$itemIndex] }}';
	const parameters = { ...avatarParameters(simulator), prompt, downloadVideo: false };
	const workflow = { ...chainOf(klingNode(parameters)), id: 'equal items' };
	const run = async () => {
		const result = await runWorkflow({ workflow, credentials, input: itemsOf({}, {}) });
		return result.items(NODE).map(({ json }) => json.task_id);
	};
	const first = await run();
	expect(await run()).toEqual(first);
});

test('a changed prompt in the workflow is a new request', async () => {
	simulator.inject({ on: 'poll', kind: { http: 403, code: 1103 } });
	const workflowWith = (prompt: string) =>
		chainOf(klingNode({ ...avatarParameters(simulator), prompt }));
	const failed = await runWorkflow({ workflow: workflowWith('She smiles'), credentials });
	const retry = { workflow: workflowWith('She frowns'), credentials, retryOf: failed };
	expect((await runWorkflow(retry)).status).toBe('success');
	expect(simulator.paidTasks()).toBe(2);
});

test('a longer Max Wait is not a new request', async () => {
	simulator.configure({ taskSeconds: 3 });
	const failed = await runWorkflow({
		workflow: avatarWorkflow(simulator, { maxWaitSeconds: 1 }),
		credentials,
	});
	expect(failed.status).toBe('error');
	const workflow = avatarWorkflow(simulator, { maxWaitSeconds: 60 });
	expect((await runWorkflow({ workflow, credentials, retryOf: failed })).status).toBe('success');
	expect(simulator.paidTasks()).toBe(1);
});

describe('failed tasks that are returned as items', () => {
	const failFirst = (): void =>
		simulator.configure({
			onEvent: ({ taskId, status }) => {
				if (status === 'submitted' && simulator.tasks.length === 1) {
					simulator.fail(taskId, 'the face was not found');
				}
			},
		});

	test('are not created again because another item failed', async () => {
		failFirst();
		simulator.inject({ on: 'poll', kind: { http: 403, code: 1103 }, after: 3 });
		const workflow = avatarWorkflow(simulator, { onTaskFailure: 'output' }, RETRY);
		const result = await runWorkflow({ workflow, credentials, input: itemsOf({}, {}, {}) });
		expect(result.status).toBe('success');
		expect(simulator.paidTasks()).toBe(3);
	});

	test.each([{ code: 7 }, '', 0])(
		'do not trigger Retry On Fail with an "error" field of %j',
		async (error) => {
			simulator.inject({
				on: 'poll',
				kind: {
					http: 200,
					body: JSON.stringify({
						code: 0,
						data: { task_id: '{id}', task_status: 'failed', error },
					}).replace('"task_id":"{id}",', ''),
				},
				times: 9,
			});
			const node = klingNode(
				{
					...avatarParameters(simulator, { onTaskFailure: 'output' }),
					simplify: false,
				},
				RETRY,
			);
			const result = await runWorkflow({ workflow: chainOf(node), credentials });
			expect(simulator.paidTasks()).toBe(1);
			expect(result.items(NODE)[0]?.json).toMatchObject({
				task_status: 'failed',
				task_error: error,
			});
			expect(countOf(simulator, 'poll')).toBe(1);
		},
	);
});
