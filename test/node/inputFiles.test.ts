import { readFileSync } from 'node:fs';
import type { IBinaryData, IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { chainOf, fileField, klingNode, nodeOf, runWorkflow, type RunResult } from '../harness';
import { avatarParameters, NODE, quickService } from '../paidOnce/setup';
import { sampleFile } from '../simulator/sampleMedia';

let service: Awaited<ReturnType<typeof quickService>>;
beforeAll(async () => {
	service = await quickService();
});
beforeEach(() => service.simulator.reset());
afterAll(async () => await service.simulator.stop());

async function bytesOf(sample: string): Promise<Buffer> {
	return readFileSync(await sampleFile(sample));
}

async function itemWithVoice(): Promise<INodeExecutionData> {
	return {
		json: {},
		binary: { voice: fileField(await bytesOf('voice.m4a'), 'voice.m4a', 'audio/mp4') },
	};
}

/** Runs the node after a Set node that drops files. */
async function run(parameters: INodeParameters, input: INodeExecutionData): Promise<RunResult> {
	const drop = nodeOf('Drop Files', 'n8n-nodes-base.set', {
		assignments: { assignments: [{ id: '1', name: 'a', value: 'b', type: 'string' }] },
		options: { stripBinary: true },
	});
	drop.typeVersion = 3.4;
	return await runWorkflow({
		workflow: chainOf(
			drop,
			klingNode({ ...avatarParameters(service.simulator), audioSource: 'binary', ...parameters }),
		),
		credentials: service.credentials,
		input: [input],
	});
}

test("accepts a file from an expression, as n8n's own nodes do", async () => {
	const field = "={{ $('Start').item.binary.voice }}";
	const result = await run({ audioBinaryPropertyName: field }, await itemWithVoice());
	expect(result.error).toBeUndefined();
	expect(result.items(NODE)).toHaveLength(1);
	const sent = service.simulator.requests.find(({ route }) => route === 'create')?.body;
	expect(sent).toMatchObject({ sound_file: (await bytesOf('voice.m4a')).toString('base64') });
});

/** Runs the node with a voice from the item's fields, as with the setting binaryMode: combined. */
async function runWithFields(
	field: string,
	fieldsOf: (voice: IDataObject) => IDataObject,
): Promise<RunResult> {
	const { voice } = (await itemWithVoice()).binary ?? {};
	return await runWorkflow({
		workflow: chainOf(
			klingNode({
				...avatarParameters(service.simulator),
				audioSource: 'binary',
				audioBinaryPropertyName: field,
			}),
		),
		credentials: service.credentials,
		input: [{ json: fieldsOf({ ...voice }) }],
	});
}

test.each<[string, (voice: IDataObject) => IDataObject]>([
	['_files.voice', (voice) => ({ _files: { voice } })],
	['files[0]', (voice) => ({ files: [voice] })],
	['files[1].voice', (voice) => ({ files: [{}, { voice }] })],
	['_files["my voice"]', (voice) => ({ _files: { 'my voice': voice } })],
	["_files['a.b'].c", (voice) => ({ _files: { 'a.b': { c: voice } } })],
	['a.b', (voice) => ({ 'a.b': voice, a: { b: 'not a file' } })],
])("accepts the path %s of a file in the item's fields, as n8n does", async (field, fieldsOf) => {
	const result = await runWithFields(field, fieldsOf);
	expect(result.error?.message).toBeUndefined();
});

test.each(['_files', 'files[1]', '_files["constructor"]', '_files..voice', '.', '[', ''])(
	'does not find a file at the path %j',
	async (field) => {
		const result = await runWithFields(field, (voice) => ({ _files: { voice }, files: [voice] }));
		expect(result.error?.message).toMatch(/does not contain a file|is empty/);
	},
);

test.each([
	['an object', '={{ $binary.voice }}'],
	['an object', "={{ $node['Start'].binary.voice }}"],
	['a list', "={{ Object.values($('Start').item.binary) }}"],
])('says how to refer to a file if the expression returns %s: %s', async (found, field) => {
	const parameters = { audioSource: 'binary', audioBinaryPropertyName: field };
	const result = await runWorkflow({
		workflow: chainOf(klingNode({ ...avatarParameters(service.simulator), ...parameters })),
		credentials: service.credentials,
		input: [await itemWithVoice()],
	});
	expect(result.error?.message).toMatch(/^The parameter ".*" does not refer to a single file$/);
	expect(result.error?.description).toContain(`The expression returns ${found}`);
	expect(result.error?.description).toContain("{{ $('Node Name').item.binary.voice }}");
});

test.each([
	['={{ ({ a: 1 }) }}', 'an object'],
	['={{ [1] }}', 'a list'],
	['={{ true }}', 'true or false'],
])('says what the expression %s returns instead of text', async (prompt, found) => {
	const result = await run({ audioSource: 'url', prompt }, await itemWithVoice());
	expect(result.error?.message).toBe('The parameter "Prompt" is not text');
	expect(result.error?.description).toContain(`The expression returns ${found}. Use a field`);
});

test('does not mistake an inherited property for a file', async () => {
	const result = await run({ audioBinaryPropertyName: 'constructor' }, await itemWithVoice());
	expect(result.error?.message).toMatch(/"constructor", which does not contain a file/);
	expect(service.simulator.requests).toEqual([]);
});

/** Runs the node with a file that n8n has stored. */
async function runWithStored(voice: IBinaryData): Promise<RunResult> {
	return await runWorkflow({
		workflow: chainOf(
			klingNode({
				...avatarParameters(service.simulator),
				audioSource: 'binary',
				audioBinaryPropertyName: 'voice',
			}),
		),
		credentials: service.credentials,
		binaryMode: 'filesystem',
		input: [{ json: {}, binary: { voice } }],
	});
}

/** A file whose content is missing. */
const GONE = { mimeType: 'audio/mp4', fileName: 'gone.m4a', data: 'filesystem-v2', id: 'x:y/z' };

test('the error names a stored file that no longer exists', async () => {
	const result = await runWithStored(GONE);
	expect(result.error?.message).toMatch(/"gone.m4a", which n8n can no longer read/);
});

test('rejects a stored file just over the limit by its size, without reading it', async () => {
	const result = await runWithStored({ ...GONE, bytes: 5 * 1024 * 1024 + 1 });
	expect(result.error?.message).toMatch(/contains a file of 5\.01 MB, which is too large/);
	expect(result.error?.description).toMatch(/at most 5 MB/);
});

test("reports a failing expression with its parameter and n8n's own message", async () => {
	const result = await run(
		{ audioSource: 'url', prompt: "={{ $('Nowhere').item.json.text }}" },
		await itemWithVoice(),
	);
	expect(result.error?.message).toMatch(/^The parameter "Prompt" could not be evaluated: /);
	expect(result.error?.description).not.toMatch(/maintainers/);
});

test.each([
	['externalTaskId', 'External Task ID'],
	['fileName', 'File Name'],
	['maxWaitSeconds', 'Max Wait (Seconds)'],
	['dryRun', 'Dry Run'],
	['waitStrategy', 'Wait Strategy'],
])('names the option %s if its expression fails', async (name, label) => {
	const failing = "={{ $('Nowhere').item.json.id }}";
	const options = { fileName: 'a.mp4', pollIntervalSeconds: 1, [name]: failing };
	const result = await run({ audioSource: 'url', options }, await itemWithVoice());
	expect(result.error?.message).toContain(`The parameter "${label}" could not be evaluated: `);
	expect(service.simulator.requests).toEqual([]);
});
