import { writeFileSync } from 'node:fs';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { chainOf, fileField, klingNode, runWorkflow, type RunResult } from '../../harness';
import { Samples } from '../../media/samples';
import { pngOf, wavOf } from '../../media/handMade';
import { NODE, quickService } from '../../paidOnce/setup';
import { runFfmpeg } from '../../simulator/run';
import { anyNumber } from '../../support/matchers';
import type { Simulator } from '../../simulator';

const samples = new Samples();
let service: Awaited<ReturnType<typeof quickService>>;
let simulator: Simulator;

beforeAll(async () => {
	service = await quickService();
	({ simulator } = service);
});
beforeEach(() => simulator.reset());
afterAll(async () => await simulator.stop());
afterAll(() => samples.remove());

const TEXT = 'Good morning, and welcome to our show. Today we talk about the weather.';

const INPUT: INodeExecutionData[] = [
	{
		json: { row: 7 },
		binary: {
			data: fileField(pngOf(600, 900), 'face.png', 'image/png'),
			voice: fileField(wavOf(3), 'voice.wav', 'audio/wav'),
		},
	},
];

const FILES = {
	resource: 'avatar',
	operation: 'create',
	imageSource: 'binary',
	audioSource: 'binary',
	audioBinaryPropertyName: 'voice',
	prompt: 'She waves.',
	mode: 'pro',
};

const LINKS = {
	resource: 'avatar',
	operation: 'create',
	imageUrl: 'https://example.com/face.png',
	text: TEXT,
};

const SPEECH = { resource: 'speech', operation: 'generate', text: TEXT };

async function dryRun(parameters: INodeParameters, input = INPUT): Promise<RunResult> {
	const options = typeof parameters.options === 'object' ? parameters.options : {};
	const node = klingNode({ ...parameters, options: { ...options, dryRun: true } });
	return await runWorkflow({
		workflow: chainOf(node),
		credentials: service.credentials,
		input,
	});
}

function onlyItem(result: RunResult): INodeExecutionData {
	expect(result.error?.message).toBeUndefined();
	const items = result.items(NODE);
	expect(items).toHaveLength(1);
	return items[0] ?? { json: {} };
}

/** Decodes the file from end to end; ffmpeg fails at the first error. */
async function expectPlayable(result: RunResult, field: string, name: string): Promise<void> {
	const bytes = await result.bytes(onlyItem(result).binary?.[field]);
	const file = samples.pathOf(name);
	writeFileSync(file, bytes);
	await runFfmpeg(['-xerror', '-i', file, '-f', 'null', '-']);
}

test('a dry run of an avatar returns the findings and a placeholder video', async () => {
	const options = { fileName: 'episode.mp4' };
	const result = await dryRun({ ...FILES, binaryPropertyOutput: 'film', options });
	const item = onlyItem(result);
	expect(item.json).toEqual({
		dry_run: true,
		task_type: 'avatar',
		estimated_seconds: 3,
		image: { format: 'png', width: 600, height: 900, bytes: anyNumber() },
		audio: { format: 'wav', seconds: 3, bytes: anyNumber() },
		mode: 'pro',
		prompt: 'She waves.',
	});
	expect(item.pairedItem).toEqual({ item: 0 });
	expect(item.binary?.film).toMatchObject({ fileName: 'episode.mp4', mimeType: 'video/mp4' });
	await expectPlayable(result, 'film', 'placeholder.mp4');
	expect(simulator.requests).toEqual([]);
});

test('a dry run returns links and text unchanged, and fetches nothing', async () => {
	const result = await dryRun(LINKS);
	expect(onlyItem(result).json).toMatchObject({
		dry_run: true,
		image: { url: 'https://example.com/face.png' },
		audio: { characters: TEXT.length, parts: 1, voice: 'en:calm_story1' },
		mode: 'std',
	});
	await expectPlayable(result, 'data', 'linked.mp4');
	expect(simulator.requests).toEqual([]);
});

test('a dry run of a long text returns the number of clips', async () => {
	const text = `${TEXT} `.repeat(30);
	const result = await dryRun({ ...LINKS, text, options: { longText: 'split' } });
	const { audio, estimated_seconds: seconds } = onlyItem(result).json;
	expect(audio).toMatchObject({ parts: 4 });
	expect(seconds).toBeGreaterThan(60);
});

test('a dry run of speech returns a silent file, but only if Download is on', async () => {
	expect(onlyItem(await dryRun(SPEECH)).binary).toBeUndefined();
	const result = await dryRun({ ...SPEECH, downloadAudio: true });
	expect(onlyItem(result).json).toEqual({
		dry_run: true,
		task_type: 'tts',
		estimated_seconds: anyNumber(),
		audio: { characters: TEXT.length, parts: 1, voice: 'en:calm_story1' },
	});
	expect(onlyItem(result).binary?.data).toMatchObject({ mimeType: 'audio/mpeg' });
	await expectPlayable(result, 'data', 'placeholder.mp3');
	expect(simulator.requests).toEqual([]);
});

test.each<[string, INodeParameters]>([
	['without waiting', { waitForCompletion: false }],
	['without a download', { downloadVideo: false }],
])('%s, a dry run returns no file', async (_how, parameters) => {
	const item = onlyItem(await dryRun({ ...LINKS, ...parameters }));
	expect(item.json.dry_run).toBe(true);
	expect(item.binary).toBeUndefined();
});

test('a dry run ends at once with the wait strategy Callback, too', async () => {
	const result = await dryRun({ ...LINKS, options: { waitStrategy: 'callback' } });
	expect(result.status).toBe('success');
	expect(onlyItem(result).json.dry_run).toBe(true);
	expect(simulator.requests).toEqual([]);
});

test('input fields are included in the result', async () => {
	const result = await dryRun({ ...LINKS, options: { includeInputFields: true } });
	expect(onlyItem(result).json).toMatchObject({ row: 7, dry_run: true });
});

test('invalid input causes the same error as in a real execution', async () => {
	const parameters = { ...FILES, imageBinaryPropertyName: 'voice' };
	const [dry, real] = [
		await dryRun(parameters),
		await runWorkflow({
			workflow: chainOf(klingNode(parameters)),
			credentials: service.credentials,
			input: INPUT,
		}),
	];
	expect(dry.error?.message).toBe(real.error?.message);
	expect(dry.error?.message).toMatch(/Image Input Binary Field/);
	expect(simulator.requests).toEqual([]);
});

test('Dry Run may differ from item to item', async () => {
	const parameters = {
		...LINKS,
		options: { dryRun: '={{ $itemIndex === 0 }}', pollIntervalSeconds: 1 },
	};
	const result = await runWorkflow({
		workflow: chainOf(klingNode(parameters)),
		credentials: service.credentials,
		input: [{ json: {} }, { json: {} }],
	});
	expect(result.items(NODE).map(({ json }) => json.dry_run)).toEqual([true, undefined]);
	// One speech and one video.
	expect(simulator.paidTasks()).toBe(2);
});

test('a hint says that no request was sent', async () => {
	const result = await dryRun(LINKS);
	const hints = result.data.resultData.runData[NODE]?.[0]?.hints ?? [];
	expect(hints.map(({ message }) => message)).toEqual([
		expect.stringMatching(/^Dry run: nothing was sent/),
	]);
});
