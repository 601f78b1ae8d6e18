import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { startServices, type Services } from '../e2e/playground/services';
import { exampleNames, readExample, runWorkflow, type RunResult } from '../harness';
import { startSimulator, type Simulator } from '../simulator';
import { oddClips } from '../simulator/clipStyle';
import { probe } from '../simulator/probe';
import { sampleFile } from '../simulator/sampleMedia';
import { isRecord } from '../support/isRecord';
import { expectationOf } from './expectations';

const folder = mkdtempSync(path.join(tmpdir(), 'kling-examples-'));
let simulator: Simulator;
let services: Services;

beforeAll(async () => {
	services = await startServices();
	simulator = await startSimulator({ taskSeconds: 2, media: 'real', clipStyle: oddClips() });
	copyFileSync(await sampleFile('face.jpg'), path.join(folder, 'face.jpg'));
	copyFileSync(await sampleFile('voice.mp3'), path.join(folder, 'voice.mp3'));
});

afterAll(async () => {
	await simulator.stop();
	await services.stop();
	rmSync(folder, { recursive: true });
});

/** Tolerance of a video's length, in seconds: sound ends at a frame of its codec. */
const MAX_DIFFERENCE = 0.5;

/** The other examples run in test/e2e: playground.e2e.ts and jobs.e2e.ts. */
const names = exampleNames().filter((name) => !expectationOf(name).needsServer);

async function runExample(name: string): Promise<RunResult> {
	return await runWorkflow({
		workflow: readExample(name, folder, services.addresses),
		credentials: {
			...services.credentials,
			cometApiKlingApi: { apiKey: simulator.key, baseUrl: `${simulator.url}/v1/` },
		},
		mode: 'trigger',
		fileFolder: folder,
	});
}

test.each(names)('%s is charged as expected and writes playable videos', async (name) => {
	const expected = expectationOf(name);
	const before = new Set(readdirSync(folder));
	simulator.reset();

	const result = await runExample(name);

	expect(result.error?.message).toBeUndefined();
	expect(result.status).toBe('success');
	expect(simulator.paidTasks()).toBe(expected.paid);
	const written = readdirSync(folder).filter((file) => !before.has(file));
	expect(written).toHaveLength(expected.videos);
	for (const file of written) {
		const video = await probe(path.join(folder, file));
		expect(video.codecs).toEqual(['h264', 'aac']);
		expect(Math.abs(video.seconds - (expected.seconds ?? 0))).toBeLessThan(MAX_DIFFERENCE);
	}
});

describe('example 15, if its node fails', () => {
	const name = '15-continue-after-an-error.json';
	beforeEach(() => simulator.reset());

	test('after the task was created: Task > Get downloads its video, and nothing is charged twice', async () => {
		simulator.inject({ on: 'poll', kind: { http: 403, message: 'temporarily blocked' } });
		const result = await runExample(name);

		expect(result.error?.message).toBeUndefined();
		const [failed] = result.items('Create Avatar Video', 1);
		expect(failed?.json.task_id).toBe(simulator.tasks[0]?.id);
		expect(result.items('Write Video').map((item) => item.json.task_id)).toEqual([
			simulator.tasks[0]?.id,
		]);
		expect(simulator.paidTasks()).toBe(1);
	});

	test('before a task was created: the reason is kept, and nothing else happens', async () => {
		simulator.inject({ on: 'create', kind: { http: 400, code: 1301 } });
		const result = await runExample(name);

		expect(result.error?.message).toBeUndefined();
		expect(result.items('Set Error')[0]?.json.reason).toContain('content policy');
		expect(result.items('Get Task')).toEqual([]);
		expect(simulator.paidTasks()).toBe(0);
	});
});

/** A canonical WAV header, and the position of the sample rate in it. */
const WAV_HEADER_BYTES = 44;
const WAV_RATE_OFFSET = 24;

test('example 14 uses the raw PCM voice of the other service', async () => {
	simulator.reset();
	const result = await runExample('14-voice-from-another-service.json');
	const text = 'Hello, and welcome to the show. Here is what happens today.';
	expect(services.voice.texts.at(-1)).toBe(text);
	const [voice] = result.items('Generate Speech with OpenAI');
	expect(voice?.binary?.voice?.mimeType).toBe('audio/pcm');
	const [create] = simulator.requests.filter(({ paid }) => paid);
	const body = isRecord(create?.body) ? create.body : {};
	const sent = Buffer.from(String(body.sound_file), 'base64');
	expect(sent.subarray(0, 4).toString()).toBe('RIFF');
	expect(sent.readUInt32LE(WAV_RATE_OFFSET)).toBe(24_000);
	const pcm = await result.bytes(voice?.binary?.voice);
	expect(sent.subarray(WAV_HEADER_BYTES).equals(pcm)).toBe(true);
});
