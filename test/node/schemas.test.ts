import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import type { INodeParameters } from 'n8n-workflow';

import { PROJECT_FOLDER } from '../harness/project';
import { isRecord } from '../support/isRecord';
import { Bench, IMAGE_URL, AUDIO_URL, SOON } from './parameters/bench';
import { itemOf } from './parameters/outputs';
import { SPEC_TABLE, TASK_KINDS } from './parameters/specTable';

/** Where n8n looks for the schemas of a node of version 1, by resource and operation. */
const SCHEMAS = path.join(PROJECT_FOLDER, 'dist/nodes/CometApiKling/__schema__/v1.0.0');

const KINDS = ['avatar', 'speech', 'task', 'video'] as const;

/** The operations whose output is a task. */
const TASK_OPERATIONS = ['avatar', 'speech', 'task'] as const;

type Kind = (typeof KINDS)[number];

function pathOf(kind: Kind): string {
	const { resource, operation } = SPEC_TABLE[kind];
	return path.join(resource, `${operation}.json`);
}

function schemaOf(kind: Kind): Record<string, unknown> {
	const schema: unknown = JSON.parse(readFileSync(path.join(SCHEMAS, pathOf(kind)), 'utf8'));
	if (!isRecord(schema)) throw new Error('The schema is not an object.');
	return schema;
}

/** A schema's complaints about an output, including fields that the schema does not name. */
function complaints(kind: Kind, output: unknown): string[] {
	const schema = schemaOf(kind);
	const ajv = new Ajv({ allErrors: true });
	const faults = ajv.validate(schema, output) ? [] : [ajv.errorsText()];
	const others: unknown[] = Array.isArray(schema.anyOf) ? schema.anyOf : [];
	const shapes = [schema, ...others];
	const known = shapes.flatMap((shape) =>
		isRecord(shape) && isRecord(shape.properties) ? Object.keys(shape.properties) : [],
	);
	const strangers = Object.keys(isRecord(output) ? output : {}).filter(
		(name) => !known.includes(name),
	);
	return [...faults, ...strangers.map((name) => `${name} is not in the schema`)];
}

test('the build has exactly one schema for each operation', () => {
	const files = readdirSync(SCHEMAS, { recursive: true, encoding: 'utf8' });
	expect(files.filter((file) => file.endsWith('.json')).sort()).toEqual(KINDS.map(pathOf));
});

/** n8n shows these names before the node has run, so they must be those of the default output. */
test.each(TASK_OPERATIONS)("n8n's preview of %s has the simplified fields", (kind) => {
	const { type, version, properties } = schemaOf(kind);
	expect([type, version]).toEqual(['object', 1]);
	const names = Object.keys(isRecord(properties) ? properties : {});
	expect(names).toEqual(expect.arrayContaining(['task_id', 'task_type', 'task_status']));
	expect(names).not.toContain('task_result');
});

describe('outputs', () => {
	const benches = {
		avatar: new Bench('avatar'),
		speech: new Bench('speech'),
		task: new Bench('task'),
	};

	beforeAll(async () => void (await Promise.all(Object.values(benches).map((b) => b.start()))));
	beforeEach(() => Object.values(benches).forEach((b) => b.reset()));
	afterAll(async () => void (await Promise.all(Object.values(benches).map((b) => b.stop()))));

	async function expectFit(
		kind: keyof typeof benches,
		parameters: INodeParameters,
		taskId?: string,
	): Promise<void> {
		for (const simplify of [true, false]) {
			const whole = benches[kind].parameters({ ...parameters, simplify });
			const input = taskId === undefined ? undefined : [{ json: { id: taskId } }];
			const { json } = itemOf(await benches[kind].run(whole, input));
			expect(complaints(kind, json)).toEqual([]);
			// If the schema accepted the wrong shape, this test would prove nothing.
			expect(json.task_type !== undefined).toBe(simplify);
		}
	}

	const links = { imageUrl: IMAGE_URL, audioSource: 'url', audioUrl: AUDIO_URL };

	test('of Avatar > Create', async () => {
		await expectFit('avatar', { ...links, options: SOON });
		await expectFit('avatar', { ...links, waitForCompletion: false });
	});

	test('of a failed avatar', async () => {
		const { simulator } = benches.avatar;
		simulator.configure({
			onEvent: ({ taskId, status }) => {
				if (status === 'processing') simulator.fail(taskId, 'no face found');
			},
		});
		await expectFit('avatar', { ...links, options: { ...SOON, onTaskFailure: 'output' } });
	});

	test('of Speech > Generate', async () => {
		await expectFit('speech', { text: 'Welcome to our show' });
	});

	test('of dry runs', async () => {
		const text = { text: 'Welcome to our show', options: { dryRun: true } };
		for (const [kind, parameters] of [
			['avatar', { ...text, imageUrl: IMAGE_URL }],
			['avatar', { ...links, options: { dryRun: true } }],
			['speech', text],
		] as const) {
			const { json } = itemOf(await benches[kind].run(benches[kind].parameters(parameters)));
			expect(complaints(kind, json)).toEqual([]);
		}
	});

	test('of a split text with captions and reused tasks', async () => {
		const parameters = benches.avatar.parameters({
			imageUrl: IMAGE_URL,
			text: 'We talk about the weather today. '.repeat(40),
			options: { ...SOON, longText: 'split', captions: true },
		});
		for (const reused of [undefined, true]) {
			const { json } = itemOf(await benches.avatar.run(parameters, undefined, 'schemas'));
			expect(json.reused).toBe(reused);
			expect(json.clips).toHaveLength(2);
			expect(complaints('avatar', json)).toEqual([]);
		}
	});

	test.each(['effects', 'generations', 'text-to-audio', 'tts'])(
		'of Task > Get: %s',
		async (type) => {
			const { path: taskPath } = TASK_KINDS[type] ?? { path: '' };
			const { id } = benches.task.simulator.plantTask(taskPath, 'succeed');
			await expectFit('task', { taskType: type, taskId: '={{ $json.id }}' }, id);
		},
	);
});

test.each<[string, unknown, RegExp]>([
	['without a task ID', { task_type: 'avatar', task_status: 'succeed' }, /task_id/],
	['with a number as text', { task_id: 1, task_type: 'avatar', task_status: 'x' }, /task_id/],
	['simplified with raw times', { task_id: '1', task_type: 'avatar', created_at: 1 }, /created_at/],
	['raw without a status', { task_id: '1', task_result: {} }, /task_status/],
	['with extra fields', { task_id: '1', task_type: 'a', task_status: 'x', size: 1 }, /size is not/],
])('an output %s does not match the schema', (_name, output, complaint) => {
	expect(complaints('avatar', output).join(' ')).toMatch(complaint);
});
