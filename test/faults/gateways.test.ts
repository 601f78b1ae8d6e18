import { chainOf, klingNode, runWorkflow, type RunResult } from '../harness';
import { avatarWorkflow, countOf, NODE, quickService } from '../paidOnce/setup';
import type { SimulatedTask, Simulator, SimulatorOptions } from '../simulator';
import { isRecord } from '../../nodes/CometApiKling/kling/json';

/** Runs an avatar through the engine, with a service that behaves like this. */
async function animate(
	habits: SimulatorOptions,
	before: (simulator: Simulator) => void = () => undefined,
): Promise<{ simulator: Simulator; task?: SimulatedTask; result: RunResult }> {
	const { simulator, credentials } = await quickService(habits);
	before(simulator);
	try {
		const result = await runWorkflow({ workflow: avatarWorkflow(simulator), credentials });
		return { simulator, task: simulator.tasks[0], result };
	} finally {
		await simulator.stop();
	}
}

test.each<[string, SimulatorOptions]>([
	['IDs that are long numbers', { numericIds: true }],
	['times in seconds', { timeUnit: 'seconds' }],
	['times as text', { timeUnit: 'text' }],
	['ISO times', { timeUnit: 'iso' }],
	['a byte order mark', { byteOrderMark: true }],
	[
		'all of it at once',
		{ numericIds: true, timeUnit: 'seconds', byteOrderMark: true, envelope: 'C' },
	],
])('a gateway with %s delivers the video', async (_name, habits) => {
	const { task, result } = await animate(habits);
	expect(result.status).toBe('success');
	const json = result.items(NODE)[0]?.json;
	expect(json?.task_id).toBe(task?.id);
	const createdAt = Date.parse(JSON.stringify(json?.created_at).slice(1, -1));
	expect(Math.abs(createdAt - (task?.createdAt ?? 0))).toBeLessThan(1001);
});

test('keeps a long number as the ID in the raw task, too', async () => {
	const { simulator, credentials } = await quickService({ numericIds: true });
	const { id } = simulator.plantTask('videos/avatar/image2video', 'processing');
	const get = { resource: 'task', operation: 'get', taskId: id, simplify: false };
	const result = await runWorkflow({ workflow: chainOf(klingNode(get)), credentials });
	await simulator.stop();
	expect(result.items(NODE)[0]?.json.task_id).toBe(id);
});

test('waits for a slot if a gateway wraps the rejection', async () => {
	const { simulator, result } = await animate(
		{ wrapRefusals: true, parallelLimit: 1 },
		(service) => {
			service.holdSlots(1);
			setTimeout(() => service.releaseSlots(), 500);
		},
	);
	expect(result.status).toBe('success');
	expect(simulator.paidTasks()).toBe(1);
	expect(countOf(simulator, 'create')).toBeGreaterThan(1);
	expect(countOf(simulator, 'lookup')).toBe(0);
});

test.each(['..', '.', 'a/b', '%2e%2e'])(
	'Task > Get sends no request for the ID %j',
	async (taskId) => {
		const { simulator, credentials } = await quickService();
		const get = { resource: 'task', operation: 'get', taskId };
		const result = await runWorkflow({ workflow: chainOf(klingNode(get)), credentials });
		await simulator.stop();
		expect(result.error?.message).toContain('Task ID');
		expect(simulator.requests).toHaveLength(0);
	},
);

describe('an unusual key', () => {
	const key = 'own/key+of"1990';

	test.each([
		['as it is', key],
		['URL-encoded', encodeURIComponent(key)],
		['after "Bearer"', `Bearer ${key}`],
	])('is not stored if the service repeats it %s', async (_name, echo) => {
		for (const on of ['create', 'poll'] as const) {
			const { result } = await animate({ apiKeys: [key] }, (simulator) =>
				simulator.inject({ on, kind: { http: 401, message: `No such key: ${echo}` } }),
			);
			expect(result.error?.message).toContain('No such key: [hidden]');
			expect(stored(result)).not.toContain('1990');
		}
	});

	test('is hidden in a raw task', async () => {
		const { simulator, credentials } = await quickService({ apiKeys: [key] });
		const { id } = simulator.plantTask('videos/avatar/image2video', `odd ${key}`, {});
		const get = { resource: 'task', operation: 'get', taskId: id, simplify: false };
		const result = await runWorkflow({ workflow: chainOf(klingNode(get)), credentials });
		await simulator.stop();
		expect(result.items(NODE)[0]?.json.task_status).toBe('odd [hidden]');
	});
});

test('callbacks contain what the options say', async () => {
	const { simulator, result } = await animate({}, (service) => {
		service.configure({ callbackShape: 'newer', callbackIds: 'kling' });
	});
	expect(result.status).toBe('success');
	const task = simulator.plantTask('videos/avatar/image2video', 'processing', {}, 'ep-1');
	task.callbackUrl = 'https://example.com/callback';
	simulator.setStatus(task.id, 'failed', 'no face found');
	const body = simulator.callbacks.at(-1)?.body;
	expect(isRecord(body) ? body : {}).toMatchObject({
		id: task.klingId,
		status: 'failed',
		message: 'no face found',
		external_id: 'ep-1',
	});
});

/** What n8n stores and logs of an execution, except for the workflow. */
function stored(result: RunResult): string {
	const { resultData } = result.data;
	return JSON.stringify([resultData.runData, resultData.error, result.logs]);
}
