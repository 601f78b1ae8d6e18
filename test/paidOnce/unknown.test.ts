import { chainOf, itemsOf, klingNode, runWorkflow } from '../harness';
import { SPEED_VARIABLE } from '../harness/messages';
import type { Simulator } from '../simulator';
import {
	avatarParameters,
	avatarWorkflow,
	countOf,
	idsSent,
	NODE,
	quickService,
	said,
} from './setup';

const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };

let simulator: Simulator;
let credentials: Awaited<ReturnType<typeof quickService>>['credentials'];

// The pauses between lookups take half a minute.
beforeAll(() => (process.env[SPEED_VARIABLE] = '10'));
beforeEach(async () => ({ simulator, credentials } = await quickService()));
afterEach(async () => await simulator.stop());

describe('a create whose response is lost, and no task was created', () => {
	beforeEach(() => simulator.inject({ on: 'create', kind: 'resetBefore' }));

	test('is not sent again, and both the error and the log contain its external ID', async () => {
		const result = await runWorkflow({ workflow: avatarWorkflow(simulator), credentials });
		const [id = '?'] = idsSent(simulator);
		expect(said(result)).toMatch(/^Could not confirm whether the task was created: The connection/);
		expect(said(result)).toContain(`may have been charged: ${id}.`);
		expect(result.error?.context?.external_task_id).toBe(id);
		expect(result.logs.map(({ message }) => message)).toContain(
			`Creating a Kling task (avatar) for item 0, external task ID ${id}`,
		);
		expect(countOf(simulator, 'create')).toBe(1);
	});

	test('is not sent again by Retry On Fail or Retry execution, which look it up', async () => {
		const workflow = avatarWorkflow(simulator, {}, RETRY);
		const failed = await runWorkflow({ workflow, credentials });
		expect(countOf(simulator, 'lookup')).toBe(9);
		const retried = await runWorkflow({ workflow, credentials, retryOf: failed });
		for (const result of [failed, retried]) {
			expect(said(result)).toContain('Could not confirm whether the task was created');
			expect(said(result)).toContain('start a new execution');
			expect(said(result)).toContain(idsSent(simulator)[0]);
		}
		expect(countOf(simulator, 'create')).toBe(1);
		const anew = await runWorkflow({ workflow, credentials });
		expect(anew.status).toBe('success');
	});

	test('is adopted by a later attempt if its task appears after all', async () => {
		const workflow = chainOf(klingNode({ ...avatarParameters(simulator), downloadVideo: false }));
		const failed = await runWorkflow({ workflow, credentials });
		const path = 'videos/avatar/image2video';
		const videos = [{ id: 'v', url: `${simulator.mediaUrl}/film.mp4`, duration: '5' }];
		const task = simulator.plantTask(path, 'succeed', { videos }, idsSent(simulator)[0]);
		const retried = await runWorkflow({ workflow, credentials, retryOf: failed });
		expect(retried.items(NODE)[0]?.json.task_id).toBe(task.id);
		expect(countOf(simulator, 'create')).toBe(1);
	});
});

test('lookups tolerate temporary errors for longer than seven seconds', async () => {
	simulator.inject({ on: 'create', kind: 'resetAfter' });
	simulator.inject({ on: 'lookup', kind: { http: 503 }, times: 4 });
	const result = await runWorkflow({ workflow: avatarWorkflow(simulator), credentials });
	expect(said(result)).toBe(' | ');
	expect(countOf(simulator, 'lookup')).toBe(5);
	expect(simulator.paidTasks()).toBe(1);
});

test('a generated ID that already exists belongs to our own task', async () => {
	const body = { code: 1201, message: 'external_task_id already exists (duplicate)' };
	simulator.inject({ on: 'create', kind: { http: 400, ...body, afterTask: true } });
	const result = await runWorkflow({ workflow: avatarWorkflow(simulator), credentials });
	expect(result.items(NODE)[0]?.json.task_id).toBe(simulator.tasks[0]?.id);
	expect(simulator.paidTasks()).toBe(1);
});

test('reports the charge correctly if the text was spoken before the rejection', async () => {
	simulator.inject({ on: 'create', kind: { http: 400, code: 1201, message: 'prompt' } });
	const parameters = {
		...avatarParameters(simulator),
		audioSource: 'text',
		text: 'Good morning to all of you, and welcome to the show.',
	};
	const workflow = chainOf(klingNode(parameters));
	const failed = await runWorkflow({ workflow, credentials });
	expect(said(failed)).toContain(
		'The video was not created. The speech was charged, and a retry of this execution reuses it.',
	);
	expect(said(failed)).not.toContain('nothing was');
	const retried = await runWorkflow({ workflow, credentials, retryOf: failed });
	expect(retried.status).toBe('success');
	expect(countOf(simulator, 'speech')).toBe(1);
});

test('does not send an item that gets its slot from the item that ends the execution', async () => {
	simulator.inject({ on: 'create', kind: { http: 400, code: 1301 } });
	const result = await runWorkflow({
		workflow: avatarWorkflow(simulator, { maxConcurrentTasks: 1 }),
		credentials,
		input: itemsOf({}, {}, {}),
	});
	expect(said(result)).toContain('content policy');
	expect(countOf(simulator, 'create')).toBe(1);
});

test('repeats a 429 without a code, and continues the batch', async () => {
	simulator.inject({ on: 'create', kind: { http: 429 }, times: 2 });
	const result = await runWorkflow({
		workflow: avatarWorkflow(simulator),
		credentials,
		input: itemsOf({}, {}, {}),
	});
	expect(said(result)).toBe(' | ');
	expect(simulator.paidTasks()).toBe(3);
});
