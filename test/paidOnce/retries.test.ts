import { itemsOf, runsOtherEngine, runWorkflow } from '../harness';
import type { Simulator } from '../simulator';
import { avatarWorkflow, countOf, NODE, quickService } from './setup';

let simulator: Simulator;
let credentials: Awaited<ReturnType<typeof quickService>>['credentials'];

beforeEach(async () => ({ simulator, credentials } = await quickService()));
afterEach(async () => await simulator.stop());

const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };

describe('Retry On Fail', () => {
	test('resumes the task of an attempt that timed out', async () => {
		simulator.configure({ taskSeconds: 4 });
		const workflow = avatarWorkflow(simulator, { maxWaitSeconds: 2 }, RETRY);
		const result = await runWorkflow({ workflow, credentials });
		expect(result.status).toBe('success');
		expect(simulator.paidTasks()).toBe(1);
	});

	test('does not charge any item again if one of them fails', async () => {
		simulator.inject({ on: 'poll', kind: { http: 403, code: 1103 } });
		const workflow = avatarWorkflow(simulator, {}, RETRY);
		const result = await runWorkflow({ workflow, credentials, input: itemsOf({}, {}, {}) });
		expect(result.status).toBe('success');
		expect(result.items(NODE)).toHaveLength(3);
		expect(simulator.paidTasks()).toBe(3);
	});

	test('does not pay for any item again if the first output item is an error', async () => {
		simulator.inject({ on: 'poll', kind: { http: 403, code: 1103 }, times: 2 });
		const workflow = avatarWorkflow(simulator, {}, { ...RETRY, onError: 'continueRegularOutput' });
		const result = await runWorkflow({ workflow, credentials, input: itemsOf({}, {}) });
		expect(simulator.paidTasks()).toBe(2);
		// Some older engines do not retry for such an item.
		if (runsOtherEngine()) return;
		expect(result.items(NODE).map((item) => item.json.error)).toEqual([undefined, undefined]);
	});

	test('creates a new task after the first one failed', async () => {
		simulator.configure({
			taskSeconds: 3,
			onEvent: ({ taskId, status }) => {
				if (status === 'submitted' && simulator.tasks.length === 1) {
					simulator.setStatus(taskId, 'failed', 'the face was not found');
				}
			},
		});
		const result = await runWorkflow({
			workflow: avatarWorkflow(simulator, {}, RETRY),
			credentials,
		});
		expect(result.status).toBe('success');
		expect(simulator.paidTasks()).toBe(2);
	});
});

describe('a create whose response is lost', () => {
	test.each(['resetAfter', 'brokenJson', 'emptyBody', 'cutBody'] as const)(
		'%s: finds the task by its external ID',
		async (kind) => {
			simulator.inject({ on: 'create', kind });
			const result = await runWorkflow({ workflow: avatarWorkflow(simulator), credentials });
			expect(result.error?.message).toBeUndefined();
			expect(countOf(simulator, 'create')).toBe(1);
			expect(countOf(simulator, 'lookup')).toBeGreaterThan(0);
		},
	);
});

describe('Retry execution', () => {
	test('continues to wait for the paid task', async () => {
		simulator.configure({ taskSeconds: 3 });
		const workflow = avatarWorkflow(simulator, { maxWaitSeconds: 2 });
		const failed = await runWorkflow({ workflow, credentials });
		expect(failed.error?.message).toMatch(/^Task \d+ did not finish within 2 seconds/);
		expect(failed.error?.description).toContain('processing x');

		const retried = await runWorkflow({ workflow, credentials, retryOf: failed, mode: 'retry' });
		const again = retried.error
			? await runWorkflow({ workflow, credentials, retryOf: retried, mode: 'retry' })
			: retried;
		expect(again.status).toBe('success');
		expect(again.items(NODE)[0]?.json.task_id).toBe(failed.error?.context?.task_id);
		expect(simulator.paidTasks()).toBe(1);
	});

	test('downloads a video that could not be downloaded before', async () => {
		simulator.inject({ on: 'download', kind: { http: 404 } });
		const workflow = avatarWorkflow(simulator);
		const failed = await runWorkflow({ workflow, credentials });
		expect(failed.error?.message).toContain(
			'could not be downloaded: The file host responded with HTTP 404',
		);
		const retried = await runWorkflow({ workflow, credentials, retryOf: failed, mode: 'retry' });
		expect(retried.status).toBe('success');
		expect(simulator.paidTasks()).toBe(1);
	});
});
