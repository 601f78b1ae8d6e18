import { readFileSync } from 'node:fs';
import type { IBinaryData, INodeExecutionData, INodeParameters } from 'n8n-workflow';

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

test("accepts the path of a file in the item's fields", async () => {
	const { voice } = (await itemWithVoice()).binary ?? {};
	const result = await runWorkflow({
		workflow: chainOf(
			klingNode({
				...avatarParameters(service.simulator),
				audioSource: 'binary',
				audioBinaryPropertyName: '_files.voice',
			}),
		),
		credentials: service.credentials,
		input: [{ json: { _files: { voice: { ...voice } } } }],
	});
	expect(result.error).toBeUndefined();
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
