import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { chainOf, itemsOf, klingNode, runWorkflow, type RunResult } from '../harness';
import { avatarParameters, NODE, quickService } from '../paidOnce/setup';
import type { Simulator } from '../simulator';

let service: Awaited<ReturnType<typeof quickService>>;
let simulator: Simulator;

beforeAll(async () => {
	service = await quickService({ taskSeconds: 0.5 });
	({ simulator } = service);
});
beforeEach(() => simulator.reset());
afterAll(async () => await simulator.stop());

const INCLUDE = { includeInputFields: true, pollIntervalSeconds: 1 };

async function run(
	parameters: INodeParameters,
	fields = {},
	settings: Partial<INode> = {},
): Promise<RunResult> {
	return await runWorkflow({
		workflow: chainOf(klingNode(parameters, settings)),
		credentials: service.credentials,
		input: itemsOf({ row: 7, task_status: 'mine', ...fields }),
	});
}

async function jsonOf(parameters: INodeParameters): Promise<IDataObject> {
	return (await run(parameters)).items(NODE)[0]?.json ?? {};
}

const OPERATIONS: Array<[string, () => INodeParameters]> = [
	['Avatar > Create', () => avatarParameters(simulator, INCLUDE)],
	[
		'Avatar > Create, not simplified',
		() => ({ ...avatarParameters(simulator, INCLUDE), simplify: false }),
	],
	[
		'Avatar > Create, without waiting',
		() => ({ ...avatarParameters(simulator, INCLUDE), waitForCompletion: false }),
	],
	[
		'Speech > Generate',
		() => ({
			resource: 'speech',
			operation: 'generate',
			text: 'Good morning, everybody.',
			options: INCLUDE,
		}),
	],
	[
		'Task > Get',
		() => ({
			resource: 'task',
			operation: 'get',
			taskId: simulator.plantTask('videos/avatar/image2video', 'succeed').id,
			options: INCLUDE,
		}),
	],
];

test.each(OPERATIONS)(
	'%s: input fields are included, and the result takes precedence',
	async (_name, parametersOf) => {
		const parameters = parametersOf();
		const json = await jsonOf(parameters);
		expect(json.row).toBe(7);
		expect(json.task_id).toBe(simulator.tasks[0]?.id);
		expect(json.task_status).toMatch(/^(succeed|submitted)$/);

		expect(await jsonOf({ ...parameters, options: {} })).not.toHaveProperty('row');
	},
);

test('a failed task includes the input fields, too', async () => {
	simulator.configure({
		onEvent: ({ taskId, status }) => {
			if (status === 'processing') simulator.fail(taskId, 'no face found');
		},
	});
	const parameters = avatarParameters(simulator, { ...INCLUDE, onTaskFailure: 'output' });
	const { json } = (await run(parameters)).items(NODE)[0] ?? { json: {} };
	expect(json).toMatchObject({ row: 7, task_status: 'failed' });
	simulator.configure({ onEvent: undefined });
});

test('an input field named error is left out, so that Retry On Fail does not run again', async () => {
	const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };
	const parameters = avatarParameters(simulator, INCLUDE);
	const result = await run(parameters, { error: 'of an earlier node' }, settings);
	const json = result.items(NODE)[0]?.json;
	expect(json).toMatchObject({ row: 7, task_status: 'succeed' });
	expect(json).not.toHaveProperty('error');
	expect(simulator.paidTasks()).toBe(1);
});

test('a callback wait returns the input fields when its time runs out', async () => {
	const parameters = avatarParameters(simulator, { ...INCLUDE, waitStrategy: 'callback' });
	simulator.configure({ taskSeconds: 600 });
	const result = await run(parameters, { error: 'of an earlier node' });
	expect(result.status).toBe('waiting');
	const stored = result.data.executionData?.nodeExecutionStack[0]?.data.main?.[0]?.[0];
	expect(stored?.json).toMatchObject({
		row: 7,
		task_id: simulator.tasks[0]?.id,
		timed_out: true,
	});
	expect(stored?.json).not.toHaveProperty('error');
	simulator.configure({ taskSeconds: 0.5 });
});
