import { chainOf, itemsOf, klingNode, runWorkflow, type RunResult } from '../harness';
import { SPEED_VARIABLE } from '../harness/messages';
import type { Simulator } from '../simulator';
import { isRecord } from '../support/isRecord';
import { avatarParameters, avatarWorkflow, countOf, NODE, quickService } from './setup';

const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };

let simulator: Simulator;
let credentials: Awaited<ReturnType<typeof quickService>>['credentials'];

// The pauses between lookups take half a minute.
beforeAll(() => (process.env[SPEED_VARIABLE] = '10'));
beforeEach(async () => ({ simulator, credentials } = await quickService()));
afterEach(async () => await simulator.stop());

/** The external ID of each create, in order. */
function idsSent(): string[] {
	return simulator.requests
		.filter(({ route }) => route === 'create')
		.map(({ body }) => (isRecord(body) ? String(body.external_task_id) : ''));
}

function said({ error }: RunResult): string {
	return `${error?.message ?? ''} | ${error?.description ?? ''}`;
}

describe('a create whose response is lost, and no task was created', () => {
	beforeEach(() => simulator.inject({ on: 'create', kind: 'resetBefore' }));

	test('is not sent again, and both the error and the log contain its external ID', async () => {
		const result = await runWorkflow({ workflow: avatarWorkflow(simulator), credentials });
		const [id = '?'] = idsSent();
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
			expect(said(result)).toContain(idsSent()[0]);
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
		const task = simulator.plantTask(path, 'succeed', { videos }, idsSent()[0]);
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

describe("the user's External Task ID", () => {
	test('belongs to our own task if it was unused and a rejection repeats it', async () => {
		const externalTaskId = 'order-2026-000007';
		const body = { code: 1201, message: `${externalTaskId} is taken` };
		simulator.inject({ on: 'create', kind: { http: 400, ...body, afterTask: true } });
		const workflow = avatarWorkflow(simulator, { externalTaskId }, RETRY);
		const result = await runWorkflow({ workflow, credentials });
		expect(result.items(NODE)[0]?.json.task_id).toBe(simulator.tasks[0]?.id);
		expect(countOf(simulator, 'create')).toBe(1);
	});

	test('is rejected for a task of another request, and that task is not returned', async () => {
		const path = 'videos/avatar/image2video';
		const older = simulator.plantTask(path, 'succeed', { videos: [] }, 'order-7');
		simulator.inject({ on: 'create', kind: 'resetBefore' });
		const workflow = avatarWorkflow(simulator, { externalTaskId: 'order-7' });
		const result = await runWorkflow({ workflow, credentials });
		expect(result.status).toBe('error');
		expect(said(result)).toContain(`already exists: task ${older.id}`);
		expect(countOf(simulator, 'create')).toBe(0);
	});

	test.each([[{ http: 400, code: 'task_not_exist' }], ['html' as const]])(
		'leads to no older task that a lookup did not find before (%j)',
		async (kind) => {
			const path = 'videos/avatar/image2video';
			const older = simulator.plantTask(path, 'succeed', undefined, 'order-7');
			older.createdAt = Date.now() - 3_600_000;
			simulator.inject({ on: 'lookup', kind });
			simulator.inject({ on: 'create', kind: 'resetBefore' });
			const workflow = avatarWorkflow(simulator, { externalTaskId: 'order-7' });
			const result = await runWorkflow({ workflow, credentials });
			expect(said(result)).toContain('Could not confirm whether the task was created');
			expect(said(result)).toContain('may have been charged: order-7.');
		},
	);

	test('used by two executions at the same time returns its video to one of them', async () => {
		simulator.configure({ parallelLimit: 1 });
		simulator.holdSlots(1);
		const runWith = async (prompt: string): Promise<RunResult> => {
			const parameters = avatarParameters(simulator, { externalTaskId: 'order-7' });
			return await runWorkflow({
				workflow: chainOf(klingNode({ ...parameters, prompt })),
				credentials,
			});
		};
		const first = runWith('She smiles');
		// The other execution's pause must not end at the same moment.
		while (countOf(simulator, 'create') === 0) await new Promise((go) => setTimeout(go, 5));
		const second = runWith('She frowns');
		while (countOf(simulator, 'create') < 2) await new Promise((go) => setTimeout(go, 5));
		simulator.releaseSlots();
		const results = await Promise.all([first, second]);
		expect(results.map(({ status }) => status).sort()).toEqual(['error', 'success']);
		expect(results.map(said).join()).toContain('already exists: task');
		expect(simulator.paidTasks()).toBe(1);
	});

	test('that the service rejects because a gateway repeated the request may be charged', async () => {
		simulator.configure({ lookUp: false, repeatCreates: true });
		const workflow = avatarWorkflow(simulator, { externalTaskId: 'order-7' }, RETRY);
		const result = await runWorkflow({ workflow, credentials });
		expect(said(result)).toContain('may have been charged: order-7.');
		expect(said(result)).not.toContain('nothing was charged');
		expect(countOf(simulator, 'create')).toBe(1);
	});

	test.each([
		['a lookup can find it', true],
		['no lookup can find it', false],
	])(
		'cannot be used again after its task failed, and the reason is given if %s',
		async (_, lookUp) => {
			simulator.configure({
				lookUp,
				onEvent: ({ taskId, status }) => {
					if (status === 'submitted') simulator.setStatus(taskId, 'failed', 'no face was found');
				},
			});
			const options = { externalTaskId: 'order-7' };
			const workflow = avatarWorkflow(simulator, options, { ...RETRY, maxTries: 2 });
			const result = await runWorkflow({ workflow, credentials });
			expect(said(result)).toContain('which failed: no face was found');
			expect(said(result)).toContain('The ID of a failed task cannot be used again.');
			expect(said(result)).not.toContain('nothing was charged');
			expect(countOf(simulator, 'create')).toBe(1);
		},
	);
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
