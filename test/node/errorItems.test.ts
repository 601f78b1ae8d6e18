import { itemsOf, runWorkflow, type RunResult } from '../harness';
import { avatarWorkflow, NODE, quickService } from '../paidOnce/setup';
import type { Simulator } from '../simulator';

let service: Awaited<ReturnType<typeof quickService>>;
let simulator: Simulator;

beforeAll(async () => {
	service = await quickService();
	({ simulator } = service);
});
beforeEach(() => simulator.reset());
afterAll(async () => await simulator.stop());

const INPUT = itemsOf({ row: 7, link: 'a' }, { row: 8, link: 'b' });

/** Two items, of which the first one's task cannot be polled. */
async function run(onError: 'continueRegularOutput' | 'continueErrorOutput'): Promise<RunResult> {
	simulator.inject({ on: 'poll', kind: { http: 403, code: 1103 }, times: 1 });
	return await runWorkflow({
		workflow: avatarWorkflow(simulator, {}, { onError }),
		credentials: service.credentials,
		input: INPUT,
	});
}

/** The item that failed, with the fields that the next node needs. */
function expectWhole(items: ReturnType<RunResult['items']>): void {
	const failed = items.find(({ json }) => json.error !== undefined);
	const task = simulator.tasks.find(({ id }) => id === failed?.json.task_id);
	expect(failed?.json).toEqual({
		...INPUT.find(({ json }) => json.row === failed?.json.row)?.json,
		error: expect.stringContaining(`[task ${task?.id}]`),
		task_id: task?.id,
	});
	expect(failed?.binary).toBeUndefined();
}

test('at the regular output, an error item keeps its input fields and names its task', async () => {
	const result = await run('continueRegularOutput');
	expect(result.items(NODE, 0)).toHaveLength(2);
	expectWhole(result.items(NODE, 0));
});

test('at the error output, an error item keeps its input fields and names its task', async () => {
	const result = await run('continueErrorOutput');
	expect(result.items(NODE, 0)).toHaveLength(1);
	expect(result.items(NODE, 1)).toHaveLength(1);
	expectWhole(result.items(NODE, 1));
});
