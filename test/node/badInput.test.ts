import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { chainOf, klingNode, runWorkflow, type RunResult } from '../harness';
import { startSimulator, type Simulator } from '../simulator';
import {
	badFiles,
	BAD_IMAGE_PARAMETERS,
	BAD_OTHER_PARAMETERS,
	BAD_VOICE_PARAMETERS,
	type BadInput,
} from './badInputs';
import { makeMediaSamples } from './mediaSamples';

let simulator: Simulator;

beforeAll(async () => (simulator = await startSimulator({ taskSeconds: 1, media: 'tiny' })));
beforeEach(() => simulator.reset());
afterAll(async () => await simulator.stop());

const GOOD_PARAMETERS: INodeParameters = {
	resource: 'avatar',
	operation: 'create',
	imageSource: 'url',
	imageUrl: 'https://example.com/face.png',
	audioSource: 'url',
	audioUrl: 'https://example.com/voice.mp3',
};

async function run(
	parameters: INodeParameters,
	input: INodeExecutionData[] = [{ json: {} }],
	onError?: 'continueRegularOutput',
): Promise<RunResult> {
	return await runWorkflow({
		workflow: chainOf(klingNode({ ...GOOD_PARAMETERS, ...parameters }, { onError })),
		credentials: { cometApiKlingApi: { apiKey: simulator.key, baseUrl: simulator.url } },
		input,
	});
}

async function expectRefusal(input: BadInput): Promise<void> {
	const result = await run(input.parameters, input.item && [input.item]);
	expect(result.error?.message).toContain(`The parameter "${input.parameter}"`);
	expect(`${result.error?.message}. ${result.error?.description}`).toMatch(input.says);
	expect(result.error?.description).toContain('Nothing was charged');
	expect(simulator.requests).toHaveLength(0);
}

const named = (inputs: BadInput[]): Array<[string, BadInput]> =>
	inputs.map((input) => [input.what, input]);

describe('is rejected before any request to the service', () => {
	test.each(named([...BAD_IMAGE_PARAMETERS, ...BAD_VOICE_PARAMETERS, ...BAD_OTHER_PARAMETERS]))(
		'%s',
		async (_what, input) => {
			await expectRefusal(input);
		},
	);

	test('files that Kling would reject', async () => {
		for (const input of badFiles(await makeMediaSamples())) await expectRefusal(input);
	});

	test('covers at least 60 kinds of invalid input', async () => {
		const files = badFiles(await makeMediaSamples());
		const all = [
			...BAD_IMAGE_PARAMETERS,
			...BAD_VOICE_PARAMETERS,
			...BAD_OTHER_PARAMETERS,
			...files,
		];
		expect(new Set(all.map((input) => input.what)).size).toBe(all.length);
		expect(all.length).toBeGreaterThanOrEqual(60);
	});

	test.each([
		'http://10.0.0.1/a.png',
		'http://localhost/a.png',
		'https://nas.local/a.png',
		'http://[::1]/a.png',
	])('a link that Kling cannot reach: %s', async (imageUrl) => {
		const result = await runWorkflow({
			workflow: chainOf(klingNode({ ...GOOD_PARAMETERS, imageUrl })),
			credentials: { cometApiKlingApi: { apiKey: 'k', baseUrl: 'https://api.cometapi.com' } },
		});
		expect(result.error?.message).toMatch(/"Image URL" points to .* which Kling cannot reach/);
	});

	test.each([
		['http://api.cometapi.com', /must start with https/],
		['api.cometapi.com', /is not a URL/],
		['', /is not a URL/],
	])('a base URL like "%s"', async (baseUrl, says) => {
		const result = await runWorkflow({
			workflow: chainOf(klingNode(GOOD_PARAMETERS)),
			credentials: { cometApiKlingApi: { apiKey: 'k', baseUrl } },
		});
		expect(result.error?.message).toMatch(says);
	});
});

describe('one invalid item among valid ones', () => {
	const items = [{ json: { mode: 'std' } }, { json: { mode: 'bad' } }, { json: { mode: 'pro' } }];

	test('stops all of them, and nothing is charged', async () => {
		const result = await run({ mode: '={{ $json.mode }}' }, items);
		expect(result.error?.context?.itemIndex).toBe(1);
		expect(result.error?.description).toMatch(/None of the 3 items was started\.$/);
		expect(simulator.requests).toHaveLength(0);
	});

	test('lists the other invalid items in the error', async () => {
		const modes = ['std', ...Array.from({ length: 13 }, () => 'bad')];
		const result = await run(
			{ mode: '={{ $json.mode }}' },
			modes.map((mode) => ({ json: { mode } })),
		);
		expect(result.error?.context?.itemIndex).toBe(1);
		expect(result.error?.description).toMatch(
			/None of the 14 items was started\. Other invalid items: 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more\.$/,
		);
	});

	test('with continue on fail, only that item fails', async () => {
		const parameters = { mode: '={{ $json.mode }}', options: { pollIntervalSeconds: 1 } };
		const result = await run(parameters, items, 'continueRegularOutput');
		const put = result.items('CometAPI Kling');
		expect(put.map((item) => item.json.error !== undefined)).toEqual([false, true, false]);
		expect(simulator.paidTasks()).toBe(2);
	});

	test('rejects two items with the same external task ID', async () => {
		const result = await run({ options: { externalTaskId: 'episode' } }, items.slice(0, 2));
		expect(result.error?.message).toContain('"External Task ID" is the same as that of item 0');
		expect(simulator.requests).toHaveLength(0);
	});
});
