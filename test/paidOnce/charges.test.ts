import { chainOf, itemsOf, klingNode, runWorkflow } from '../harness';
import { NODE, runTalk, talkService, TWO_PARTS } from '../longTalk/setup';
import type { Simulator } from '../simulator';
import { avatarParameters, avatarWorkflow, idsSent, quickService, said } from './setup';

let simulator: Simulator;
let credentials: Awaited<ReturnType<typeof quickService>>['credentials'];

afterEach(async () => {
	await simulator.stop();
});

describe('a retry whose parameters are invalid', () => {
	beforeEach(async () => ({ simulator, credentials } = await quickService()));

	const INVALID = { prompt: 'x'.repeat(2501) };

	test('names the task that may exist, and does not say that nothing was charged', async () => {
		simulator.inject({ on: 'create', kind: 'resetBefore' });
		const failed = await runWorkflow({ workflow: avatarWorkflow(simulator), credentials });
		const workflow = chainOf(klingNode({ ...avatarParameters(simulator), ...INVALID }));
		const retried = await runWorkflow({ workflow, credentials, retryOf: failed });
		expect(said(retried)).toContain('2501 characters');
		expect(said(retried)).toContain(`may have been charged: ${idsSent(simulator)[0]}.`);
		expect(said(retried)).not.toMatch(/nothing was charged/i);
	});

	test('names the paid task, also as a field of a failed item', async () => {
		simulator.inject({ on: 'poll', kind: { http: 403, code: 1103 } });
		const failed = await runWorkflow({ workflow: avatarWorkflow(simulator), credentials });
		const node = klingNode(
			{ ...avatarParameters(simulator), ...INVALID },
			{
				onError: 'continueRegularOutput',
			},
		);
		const retried = await runWorkflow({ workflow: chainOf(node), credentials, retryOf: failed });
		expect(retried.items(NODE)[0]?.json.task_id).toBe(simulator.tasks[0]?.id);
	});

	test('says that nothing was charged if that is so', async () => {
		const workflow = chainOf(klingNode({ ...avatarParameters(simulator), ...INVALID }));
		expect(said(await runWorkflow({ workflow, credentials }))).toMatch(/Nothing was charged/);
	});
});

test('the error of a later try names paid tasks of items that it did not reach', async () => {
	({ simulator, credentials } = await quickService());
	simulator.configure({ taskSeconds: 600 });
	const options = { maxConcurrentTasks: 3, maxWaitSeconds: 1 };
	const input = itemsOf({ n: 1 }, { n: 2 }, { n: 3 });
	const failed = await runWorkflow({
		workflow: avatarWorkflow(simulator, options),
		input,
		credentials,
	});
	const paid = simulator.tasks.map(({ id }) => id);
	expect(paid).toHaveLength(3);
	const one = avatarWorkflow(simulator, { ...options, maxConcurrentTasks: 1 });
	const retried = await runWorkflow({ workflow: one, credentials, retryOf: failed });
	for (const id of paid) expect(said(retried)).toContain(id);
});

describe('a talk of several clips', () => {
	beforeEach(async () => void (simulator = await talkService({ taskSeconds: 20 })));

	test.each(['continueRegularOutput', 'stopWorkflow'] as const)(
		'names the clip that may exist when another one fails (%s)',
		async (onError) => {
			simulator.inject({ on: 'create', kind: 'resetBefore', after: 1 });
			simulator.configure({
				onEvent: ({ taskId, status }) => {
					const task = simulator.tasks.find(({ id }) => id === taskId);
					if (status === 'submitted' && task?.path !== 'audio/tts')
						setTimeout(() => simulator.setStatus(taskId, 'failed', 'no face'), 500);
				},
			});
			const result = await runTalk(simulator, { text: TWO_PARTS, node: { onError } });
			const [, lost = '?'] = idsSent(simulator);
			expect(`${said(result)} ${JSON.stringify(result.items(NODE))}`).toContain(lost);
		},
	);

	test('does not return the task of another clip as that of the rejected one', async () => {
		simulator.inject({ on: 'create', kind: { http: 400, code: 1301 }, after: 1 });
		const node = { onError: 'continueRegularOutput' } as const;
		const result = await runTalk(simulator, { text: TWO_PARTS, node });
		const [first] = simulator.tasks.filter(({ path }) => path !== 'audio/tts');
		const json = result.items(NODE)[0]?.json;
		expect(json).not.toHaveProperty('task_id');
		expect(json?.other_clip_task_ids).toEqual([first?.id]);
	});

	test('says that speech was charged if only a later part was rejected', async () => {
		simulator.configure({ taskSeconds: 0.5 });
		simulator.inject({ on: 'speech', kind: { http: 400, code: 1201, message: 'bad' }, after: 1 });
		const options = { maxConcurrentTasks: 1 };
		const result = await runTalk(simulator, { text: TWO_PARTS, options });
		expect(simulator.paidTasks()).toBe(1);
		expect(said(result)).toContain('The speech was charged');
		expect(said(result)).not.toMatch(/nothing was charged/i);
	});
});

test('a retry joins clips of one text although the expression returns another one', async () => {
	simulator = await talkService();
	const first = TWO_PARTS.replaceAll('minute', 'apple');
	const later = `Second text. ${TWO_PARTS}`.replaceAll('minute', 'banana');
	const state = '$execution.customData';
	const text = `={{ ${state}.get("tried") ? ${JSON.stringify(later)} : (${state}.set("tried", "1"), ${JSON.stringify(first)}) }}`;
	simulator.inject({ on: 'speech', kind: { http: 400, code: 1301 }, after: 1 });
	const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };
	const result = await runTalk(simulator, { text, node, options: { captions: true } });
	expect(result.status).toBe('success');
	const spoken = simulator.tasks
		.filter(({ path }) => path === 'audio/tts')
		.map((task) => task.text);
	expect(spoken.join(' ')).toContain('apple');
	expect(spoken.join(' ')).not.toContain('banana');
	expect(JSON.stringify(result.items(NODE)[0]?.json)).not.toContain('banana');
});
