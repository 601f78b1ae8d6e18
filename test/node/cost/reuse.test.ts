import type { INodeExecutionData, INodeParameters, WorkflowExecuteMode } from 'n8n-workflow';

import {
	chainOf,
	itemsOf,
	klingNode,
	nodeOf,
	runWorkflow,
	startWorkflow,
	type RunResult,
	type WorkflowJson,
} from '../../harness';
import { avatarParameters, countOf, NODE, quickService } from '../../paidOnce/setup';
import type { Simulator } from '../../simulator';
import { until } from '../../e2e/until';

let service: Awaited<ReturnType<typeof quickService>>;
let simulator: Simulator;
let workflows = 0;
let id = '';

beforeAll(async () => {
	service = await quickService();
	({ simulator } = service);
});
beforeEach(() => {
	simulator.reset();
	id = `reuse-${workflows++}`;
});
afterAll(async () => await simulator.stop());

/** Runs the workflow as *Execute workflow* does, or in another mode. */
async function execute(
	parameters: INodeParameters = {},
	{
		input = itemsOf({ row: 1 }),
		mode = 'manual',
	}: { input?: INodeExecutionData[]; mode?: WorkflowExecuteMode } = {},
): Promise<RunResult> {
	return await runWorkflow({
		workflow: workflowWith(parameters),
		credentials: service.credentials,
		input,
		mode,
	});
}

function workflowWith(parameters: INodeParameters): WorkflowJson {
	const usual = { ...avatarParameters(simulator), prompt: 'She waves.', downloadVideo: false };
	return { id, ...chainOf(klingNode({ ...usual, ...parameters })) };
}

const taskIds = (result: RunResult): unknown[] =>
	result.items(NODE).map(({ json }) => json.task_id);

test('three manual executions create one video, and say so', async () => {
	const first = await execute();
	const [item] = first.items(NODE);
	expect(item?.json).not.toHaveProperty('reused');
	for (let press = 0; press < 2; press++) {
		const result = await execute();
		expect(taskIds(result)).toEqual(taskIds(first));
		expect(result.items(NODE)[0]?.json.reused).toBe(true);
		const hints = result.data.resultData.runData[NODE]?.[0]?.hints ?? [];
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^1 task was reused from tests in the last 1 minute instead/),
		]);
	}
	expect(countOf(simulator, 'create')).toBe(1);
});

test('the speech of a text is reused, too', async () => {
	const text = { audioSource: 'text', text: 'Good morning, and welcome to our show.' };
	await execute(text);
	const again = await execute(text);
	expect(again.items(NODE)[0]?.json.reused).toBe(true);
	expect([countOf(simulator, 'speech'), countOf(simulator, 'create')]).toEqual([1, 1]);
	// Another prompt creates a new video with the same speech.
	await execute({ ...text, prompt: 'She bows.' });
	expect([countOf(simulator, 'speech'), countOf(simulator, 'create')]).toEqual([1, 2]);
});

test('generated speech is reused', async () => {
	const speech = { resource: 'speech', operation: 'generate', text: 'Good morning, everybody.' };
	await execute(speech);
	const again = await execute(speech);
	expect(again.items(NODE)[0]?.json.reused).toBe(true);
	expect(countOf(simulator, 'speech')).toBe(1);
});

test.each<[string, INodeParameters, INodeExecutionData[]]>([
	['another prompt', { prompt: 'She bows.' }, itemsOf({ row: 1 })],
	['another input', {}, itemsOf({ row: 2 })],
	['the option turned off', { options: { reuseInEditor: false } }, itemsOf({ row: 1 })],
])('%s causes a new video', async (_what, parameters, input) => {
	await execute();
	const result = await execute(parameters, { input });
	expect(result.items(NODE)[0]?.json).not.toHaveProperty('reused');
	expect(countOf(simulator, 'create')).toBe(2);
});

test('if the option is turned on again, the newest video is reused', async () => {
	await execute();
	const newest = await execute({ options: { pollIntervalSeconds: 1, reuseInEditor: false } });
	expect(taskIds(await execute())).toEqual(taskIds(newest));
});

test.each<WorkflowExecuteMode>(['trigger', 'webhook', 'integrated'])(
	'a production execution (%s) neither reuses tasks nor provides tasks for reuse',
	async (mode) => {
		await execute();
		const result = await execute({}, { mode });
		expect(result.items(NODE)[0]?.json).not.toHaveProperty('reused');
		expect(countOf(simulator, 'create')).toBe(2);
		expect(result.data.resultData.runData[NODE]?.[0]?.hints ?? []).toEqual([]);
	},
);

test('another workflow does not reuse tasks', async () => {
	await execute();
	id = `${id}-copy`;
	await execute();
	expect(countOf(simulator, 'create')).toBe(2);
});

test('two equal items have two tasks, and each task is reused once', async () => {
	const input = itemsOf({ row: 1 }, { row: 1 });
	const first = taskIds(await execute({}, { input }));
	const again = taskIds(await execute({}, { input }));
	expect(new Set(first).size).toBe(2);
	expect([...again].sort()).toEqual([...first].sort());
	expect(countOf(simulator, 'create')).toBe(2);
	// A third equal item gets a new task.
	await execute({}, { input: itemsOf({ row: 1 }, { row: 1 }, { row: 1 }) });
	expect(countOf(simulator, 'create')).toBe(3);
});

test('an expression with the current time is not a change, but a changed previous node is', async () => {
	const prompt = (text: string): WorkflowJson => ({
		id,
		...chainOf(
			nodeOf(
				'Words',
				'n8n-nodes-base.set',
				{ mode: 'raw', jsonOutput: JSON.stringify({ row: 1 }), options: {} },
				{ typeVersion: 3.4 },
			),
			nodeOf(
				'Prompt',
				'n8n-nodes-base.set',
				{ mode: 'raw', jsonOutput: JSON.stringify({ text }), options: {} },
				{ typeVersion: 3.4 },
			),
			nodeOf(
				'Row',
				'n8n-nodes-base.set',
				{ mode: 'raw', jsonOutput: '={{ JSON.stringify({ row: 1 }) }}', options: {} },
				{ typeVersion: 3.4 },
			),
			klingNode({ ...avatarParameters(simulator), prompt: "={{ $('Prompt').item.json.text }}" }),
		),
	});
	const run = async (text: string): Promise<RunResult> =>
		await runWorkflow({ workflow: prompt(text), credentials: service.credentials });
	await run('She waves.');
	await run('She waves.');
	expect(countOf(simulator, 'create')).toBe(1);
	await run('She bows.');
	expect(countOf(simulator, 'create')).toBe(2);

	const time = { prompt: '={{ "It is " + $now.toMillis() }}' };
	await execute(time);
	await execute(time);
	expect(countOf(simulator, 'create')).toBe(3);
});

test('creates a new task if the earlier one failed', async () => {
	const options = { pollIntervalSeconds: 1, onTaskFailure: 'output' };
	await execute({ options });
	const [task] = simulator.tasks;
	if (task) Object.assign(task, { status: 'failed', statusMessage: 'no face found' });
	const again = await execute({ options });
	expect(again.items(NODE)[0]?.json.task_status).toBe('succeed');
	expect(countOf(simulator, 'create')).toBe(2);
});

test('creates a new task if the earlier one no longer exists', async () => {
	await execute();
	simulator.reset();
	const again = await execute();
	expect(again.items(NODE)[0]?.json).not.toHaveProperty('reused');
	expect(countOf(simulator, 'create')).toBe(1);
});

test('reuses the task of a stopped execution', async () => {
	const running = startWorkflow({
		workflow: workflowWith({}),
		credentials: service.credentials,
		input: itemsOf({ row: 1 }),
	});
	await until(async () => simulator.tasks.length > 0);
	running.cancel();
	expect((await running.finished).status).toBe('canceled');
	const result = await execute();
	expect(result.items(NODE)[0]?.json.reused).toBe(true);
	expect(taskIds(result)).toEqual(simulator.tasks.map((task) => task.id));
	expect(countOf(simulator, 'create')).toBe(1);
});
