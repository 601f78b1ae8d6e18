import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { exampleNames, readExample, runWorkflow } from '../harness';
import { startSimulator, type Simulator } from '../simulator';
import { probe } from '../simulator/probe';
import { sampleFile } from '../simulator/sampleMedia';

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

/** Paid tasks and length of the voice, in seconds, by the example's number. */
const EXPECTED: Record<string, { paid: number; seconds: number }> = {
	'01': { paid: 1, seconds: 4 },
	'02': { paid: 2, seconds: 4.7 },
	'03': { paid: 1, seconds: 4 },
	'04': { paid: 2, seconds: 3.8 },
	'05': { paid: 2, seconds: 4.9 },
};

test.each(exampleNames())('%s writes a playable video', async (name) => {
	const expected = EXPECTED[name.slice(0, 2)];
	if (!expected) throw new Error(`Say here what ${name} is to do.`);
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
	expect(written).toHaveLength(1);
	const video = await probe(path.join(folder, written[0] ?? ''));
	expect(video.codecs).toEqual(['h264', 'aac']);
	expect(Math.abs(video.seconds - expected.seconds)).toBeLessThan(0.5);
});
