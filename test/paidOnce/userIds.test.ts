import { chainOf, klingNode, runWorkflow, type RunResult } from '../harness';
import type { Simulator } from '../simulator';
import { avatarParameters, avatarWorkflow, countOf, NODE, quickService, said } from './setup';

const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };

let simulator: Simulator;
let credentials: Awaited<ReturnType<typeof quickService>>['credentials'];

beforeEach(async () => ({ simulator, credentials } = await quickService()));
afterEach(async () => await simulator.stop());

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
