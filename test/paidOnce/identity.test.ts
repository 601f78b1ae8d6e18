import { chainOf, itemsOf, klingNode, nodeOf, runWorkflow, type RunOptions } from '../harness';
import type { Simulator } from '../simulator';
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
