import type { INodeParameters } from 'n8n-workflow';

import { chainOf, klingNode, runWorkflow, type RunOptions } from '../harness';
import { avatarParameters, NODE, quickService } from '../paidOnce/setup';
import type { Simulator } from '../simulator';
import { isRecord } from '../support/isRecord';
import { readDocument, tablesUnder } from './markdown';

const readme = readDocument('README.md');
const spec = readDocument('docs/design/SPEC.md');

let simulator: Simulator;
let credentials: RunOptions['credentials'];

beforeAll(async () => ({ simulator, credentials } = await quickService()));
afterAll(async () => await simulator.stop());

/** The sample output of an operation in the documents. */
function sampleOf(operation: string): Record<string, unknown> {
	const block = readme.blocks.find(({ label }) => label === `output: ${operation}`);
	const sample: unknown = JSON.parse(block?.text ?? '');
	if (!isRecord(sample)) throw new Error(`The sample of ${operation} is no object.`);
	return sample;
}

async function outputOf(parameters: INodeParameters): Promise<Record<string, unknown>> {
	const workflow = chainOf(klingNode(parameters));
	const result = await runWorkflow({ workflow, credentials });
	expect(result.error?.message).toBeUndefined();
	return result.items(NODE)[0]?.json ?? {};
}

/** Names and types: a sample and an output may differ only in their values. */
function shapeOf(item: Record<string, unknown>): Array<[string, string]> {
	return Object.entries(item).map(([name, value]) => [name, kindOf(value)]);
}

function kindOf(value: unknown): string {
	const isTime = typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value);
	return isTime ? 'ISO 8601' : typeof value;
}

test('the sample of Create avatar video has the fields that come out, in their order', async () => {
	const output = await outputOf(avatarParameters(simulator));
	expect(shapeOf(sampleOf('avatar create'))).toEqual(shapeOf(output));
	expect(Object.keys(output).length).toBeLessThanOrEqual(10);
});

test('the sample of Generate speech has the fields that come out, in their order', async () => {
	const text = 'Good morning, and welcome to the show.';
	const output = await outputOf({ resource: 'speech', operation: 'generate', text });
	expect(shapeOf(sampleOf('speech generate'))).toEqual(shapeOf(output));
});

test('the sample of Get task has the fields of a running task, in their order', async () => {
	const { task_id: taskId } = await outputOf({
		...avatarParameters(simulator),
		waitForCompletion: false,
	});
	const output = await outputOf({ resource: 'task', operation: 'get', taskId: String(taskId) });
	expect(shapeOf(sampleOf('task get'))).toEqual(shapeOf(output));
});

test('the table of output fields matches the specification', () => {
	const [table] = tablesUnder(readme, 'Output fields');
	const list = spec.codes.find((code) => code.startsWith('task_id, task_type')) ?? '';
	const specified = list.match(/[a-z]+(_[a-z]+)+/g) ?? [];
	expect(specified.length).toBeGreaterThan(10);
	expect(table?.rows.map(([field]) => field)).toEqual([...specified, 'timed_out']);
});
