import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { exampleNames, readExample, runWorkflow } from '../harness';
import { startSimulator, type Simulator } from '../simulator';
import { probe } from '../simulator/probe';
import { sampleFile } from '../simulator/sampleMedia';
import { expectationOf } from './expectations';

const folder = mkdtempSync(path.join(tmpdir(), 'kling-examples-'));
let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ taskSeconds: 2, media: 'real' });
	copyFileSync(await sampleFile('face.jpg'), path.join(folder, 'face.jpg'));
	copyFileSync(await sampleFile('voice.mp3'), path.join(folder, 'voice.mp3'));
});

afterAll(async () => {
	await simulator.stop();
	rmSync(folder, { recursive: true });
});

/** Tolerance of a video's length, in seconds: sound ends at a frame of its codec. */
const MAX_DIFFERENCE = 0.5;

/** The others need n8n's web server: test/e2e/playground.e2e.ts runs them. */
const names = exampleNames().filter((name) => !expectationOf(name).usesCallback);

test.each(names)('%s pays as it says, and writes playable videos', async (name) => {
	const expected = expectationOf(name);
	const before = new Set(readdirSync(folder));
	simulator.reset();

	const result = await runWorkflow({
		workflow: readExample(name, folder),
		credentials: { cometApiKlingApi: { apiKey: simulator.key, baseUrl: `${simulator.url}/v1/` } },
		mode: 'trigger',
		fileFolder: folder,
	});

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
