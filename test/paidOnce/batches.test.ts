import { itemsOf, runWorkflow } from '../harness';
import type { Simulator } from '../simulator';
import { isRecord } from '../support/isRecord';
import { avatarWorkflow, countOf, NODE, quickService } from './setup';

let simulator: Simulator;
let credentials: Awaited<ReturnType<typeof quickService>>['credentials'];

beforeEach(async () => ({ simulator, credentials } = await quickService()));
afterEach(async () => await simulator.stop());

const TEN = itemsOf(...Array.from({ length: 10 }, (_, index) => ({ index })));

test('ten items run at the same time and are returned in input order', async () => {
	simulator.configure({ taskSeconds: (order) => 3 - order * 0.2 });
	const result = await runWorkflow({
		workflow: avatarWorkflow(simulator),
		credentials,
		input: TEN,
	});
	const items = result.items(NODE);
	expect(items.map((item) => item.pairedItem)).toEqual(TEN.map((_, item) => ({ item })));
	expect(items.map((item) => itemOfExternalId(item.json.external_task_id))).toEqual(
		TEN.map((_, item) => String(item)),
	);
	const creates = simulator.requests.filter((request) => request.route === 'create');
	const firstEnd = Math.min(...simulator.tasks.map((task) => task.updatedAt));
	expect(creates.every((request) => request.atMs < firstEnd)).toBe(true);
});

test('never runs more tasks at a time than Max Concurrent Tasks', async () => {
	let most = 0;
	simulator.configure({
		onEvent: () => (most = Math.max(most, simulator.tasks.filter((task) => task.holdsSlot).length)),
	});
	await runWorkflow({
		workflow: avatarWorkflow(simulator, { maxConcurrentTasks: 3 }),
		credentials,
		input: TEN,
	});
	expect(most).toBe(3);
	expect(simulator.paidTasks()).toBe(10);
});

test('an account with fewer slots delays items but loses none', async () => {
	simulator.configure({ parallelLimit: 2 });
	const result = await runWorkflow({
		workflow: avatarWorkflow(simulator),
		credentials,
		input: TEN,
	});
	expect(result.items(NODE)).toHaveLength(10);
	expect(simulator.paidTasks()).toBe(10);
	expect(countOf(simulator, 'create')).toBeLessThan(40);
});

test('the error of one item contains the task IDs of the others', async () => {
	simulator.configure({ taskSeconds: 20 });
	simulator.inject({ on: 'poll', kind: { http: 403, code: 1103, message: 'no permission' } });
	const result = await runWorkflow({
		workflow: avatarWorkflow(simulator),
		credentials,
		input: TEN,
	});
	expect(result.status).toBe('error');
	for (const task of simulator.tasks) {
		expect(`${result.error?.message} ${result.error?.description}`).toContain(task.id);
	}
});

test('continue on fail: failed items go to the error output with their tasks, and the others continue', async () => {
	simulator.inject({ on: 'poll', kind: { http: 403, code: 1103 }, after: 1 });
	const workflow = avatarWorkflow(simulator, {}, { onError: 'continueErrorOutput' });
	const result = await runWorkflow({
		workflow,
		credentials,
		input: itemsOf({ n: 0 }, { n: 1 }, { n: 2 }),
	});
	expect(result.items(NODE, 0)).toHaveLength(2);
	const [failed] = result.items(NODE, 1);
	const itemIndex = isRecord(failed?.pairedItem) ? failed.pairedItem.item : undefined;
	const taskId = simulator.tasks.find(
		(task) => itemOfExternalId(task.externalTaskId) === String(itemIndex),
	)?.id;
	expect(failed?.json).toMatchObject({ n: Number(itemIndex), task_id: taskId });
	expect(failed?.json.error).toContain(`[task ${taskId}]`);
	expect(simulator.paidTasks()).toBe(3);
});

/** Generated IDs have the format `n8n-execution-run-item-random`. */
function itemOfExternalId(id: unknown): string | undefined {
	return typeof id === 'string' ? id.split('-')[3] : undefined;
}
