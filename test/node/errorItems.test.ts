import { itemsOf, runWorkflow, type RunResult } from '../harness';
import { avatarWorkflow, NODE, quickService } from '../paidOnce/setup';
import type { Simulator } from '../simulator';
import { anyNumber, like } from '../support/matchers';

let service: Awaited<ReturnType<typeof quickService>>;
let simulator: Simulator;

beforeAll(async () => {
	service = await quickService();
	({ simulator } = service);
});
beforeEach(() => simulator.reset());
afterAll(async () => await simulator.stop());

const INPUT = itemsOf({ row: 7, link: 'a' }, { row: 8, link: 'b' });

/** Runs two items; the task of the first one cannot be polled. */
async function run(onError: 'continueRegularOutput' | 'continueErrorOutput'): Promise<RunResult> {
	simulator.inject({ on: 'poll', kind: { http: 403, code: 1103 }, times: 1 });
	return await runWorkflow({
		workflow: avatarWorkflow(simulator, {}, { onError }),
		credentials: service.credentials,
		input: INPUT,
	});
}

/** Checks that the failed item has the fields that the next node needs. */
function expectWhole(items: ReturnType<RunResult['items']>): void {
	const failed = items.find(({ json }) => json.error !== undefined);
	const task = simulator.tasks.find(({ id }) => id === failed?.json.task_id);
	expect(failed?.json).toEqual({
		...INPUT.find(({ json }) => json.row === failed?.json.row)?.json,
		error: like(new RegExp(`\\[task ${task?.id}\\]`)),
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

const ON_ERROR = ['continueRegularOutput', 'continueErrorOutput'] as const;

/** The index of the output for failed items. */
const outputOf = (onError: (typeof ON_ERROR)[number]): number =>
	onError === 'continueErrorOutput' ? 1 : 0;

test.each(ON_ERROR)('an item that fails validation keeps its fields (%s)', async (onError) => {
	const workflow = avatarWorkflow(simulator, {}, { onError });
	const node = workflow.nodes.find(({ name }) => name === NODE);
	if (node) node.parameters.imageUrl = '={{ $json.row === 7 ? "" : $json.image }}';
	const input = itemsOf({ row: 7 }, { row: 8, image: `${simulator.mediaUrl}/face.png` });
	const result = await runWorkflow({ workflow, credentials: service.credentials, input });
	const failed = result.items(NODE, outputOf(onError)).find(({ json }) => json.error !== undefined);
	expect(failed?.json).toEqual({ row: 7, error: 'The parameter "Image URL" is empty' });
	expect(simulator.paidTasks()).toBe(1);
});

test.each(ON_ERROR)(
	'an item that fails all tries of Retry On Fail keeps its fields (%s)',
	async (onError) => {
		simulator.inject({ on: 'create', kind: { http: 400, code: 1301 }, times: 10 });
		const settings = { onError, retryOnFail: true, maxTries: 2, waitBetweenTries: 10 };
		const result = await runWorkflow({
			workflow: avatarWorkflow(simulator, {}, settings),
			credentials: service.credentials,
			input: INPUT,
		});
		const items = result.items(NODE, outputOf(onError));
		expect(items.map(({ json }) => [json.row, json.link])).toEqual([
			[7, 'a'],
			[8, 'b'],
		]);
		for (const { json } of items) expect(json.error).toMatch(/content policy/);
	},
);

test.each(ON_ERROR)(
	'a failed item is stored with its fields while the others wait for a callback (%s)',
	async (onError) => {
		simulator.inject({ on: 'create', kind: { http: 400, code: 1301 }, times: 1 });
		const result = await runWorkflow({
			workflow: avatarWorkflow(simulator, { waitStrategy: 'callback' }, { onError }),
			credentials: service.credentials,
			input: INPUT,
		});
		expect(result.status).toBe('waiting');
		const [execution] = result.data.executionData?.nodeExecutionStack ?? [];
		const stored = execution?.data.main?.[0]?.find(({ json }) => json.error !== undefined);
		const error = like(/content policy/);
		// n8n adds the fields of the input item to an item that contains only an error.
		expect(stored?.json).toEqual(
			onError === 'continueErrorOutput'
				? { error }
				: { row: anyNumber(), link: like(/^[ab]$/), error },
		);
	},
);
