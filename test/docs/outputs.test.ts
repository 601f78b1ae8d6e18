import type { INodeParameters } from 'n8n-workflow';

import { chainOf, itemsOf, klingNode, runWorkflow, type RunOptions } from '../harness';
import { OUTPUT_FIELDS } from '../node/parameters/specTable';
import { avatarParameters, NODE, quickService } from '../paidOnce/setup';
import type { Simulator } from '../simulator';
import { isRecord } from '../support/isRecord';
import { readDocument, tablesUnder } from './markdown';

const reference = readDocument('docs/reference.md');

let simulator: Simulator;
let credentials: RunOptions['credentials'];

beforeAll(async () => ({ simulator, credentials } = await quickService({ media: 'real' })));
afterAll(async () => await simulator.stop());

/** The sample output of an operation, as shown in the reference. */
function sampleOf(operation: string): Record<string, unknown> {
	const block = reference.blocks.find(({ label }) => label === `output: ${operation}`);
	const sample: unknown = JSON.parse(block?.text ?? '');
	if (!isRecord(sample)) throw new Error(`The sample of ${operation} is not an object.`);
	return sample;
}

async function outputOf(
	parameters: INodeParameters,
	account = credentials,
): Promise<Record<string, unknown>> {
	const workflow = chainOf(klingNode(parameters));
	const result = await runWorkflow({ workflow, credentials: account });
	expect(result.error?.message).toBeUndefined();
	return result.items(NODE)[0]?.json ?? {};
}

/** The output for two joined clips. */
async function joinedOutput(): Promise<Record<string, unknown>> {
	const join = klingNode({ resource: 'video', operation: 'join' }, { name: 'Join' });
	const workflow = chainOf(klingNode(avatarParameters(simulator)), join);
	const result = await runWorkflow({ workflow, credentials, input: itemsOf({}, {}) });
	expect(result.error?.message).toBeUndefined();
	return result.items('Join')[0]?.json ?? {};
}

/** Names and types: a sample and an output may differ only in their values. */
function shapeOf(item: Record<string, unknown>): Array<[string, string]> {
	return Object.entries(item).map(([name, value]) => [name, kindOf(value)]);
}

function kindOf(value: unknown): string {
	const isTime = typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value);
	return isTime ? 'ISO 8601' : typeof value;
}

test('the sample of Avatar > Create has the fields that are output, in their order', async () => {
	const output = await outputOf(avatarParameters(simulator));
	expect(shapeOf(sampleOf('avatar create'))).toEqual(shapeOf(output));
});

test('the sample of Speech > Generate has the fields that are output, in their order', async () => {
	const text = 'Good morning, and welcome to the show.';
	const output = await outputOf({ resource: 'speech', operation: 'generate', text });
	expect(shapeOf(sampleOf('speech generate'))).toEqual(shapeOf(output));
});

test('the sample of Task > Get has the fields of a running task, in their order', async () => {
	const slow = await quickService({ taskSeconds: 60 });
	try {
		const { task_id: taskId } = await outputOf(
			{ ...avatarParameters(slow.simulator), waitForCompletion: false },
			slow.credentials,
		);
		const output = await outputOf(
			{ resource: 'task', operation: 'get', taskId: String(taskId) },
			slow.credentials,
		);
		expect(shapeOf(sampleOf('task get'))).toEqual(shapeOf(output));
	} finally {
		await slow.simulator.stop();
	}
});

test('the sample of Video > Join has the fields that are output, in their order', async () => {
	const clips = await joinedOutput();
	expect(shapeOf(sampleOf('video join'))).toEqual(shapeOf(clips));
});

test('the table of output fields matches the specification, in order', () => {
	const [table] = tablesUnder(reference, 'Output fields');
	expect(table?.rows.map(([field]) => field)).toEqual(OUTPUT_FIELDS);
});

test('the table for dry runs has their fields, in order', async () => {
	const parameters = avatarParameters(simulator, { dryRun: true });
	const output = await outputOf({ ...parameters, downloadVideo: false });
	const [table] = tablesUnder(reference, 'Dry run');
	expect(table?.rows.map(([field]) => field)).toEqual(Object.keys(output));
});
