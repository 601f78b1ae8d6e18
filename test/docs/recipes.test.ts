import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { runWorkflow, type RunResult, type WorkflowJson } from '../harness';
import { quickService } from '../paidOnce/setup';
import type { Simulator } from '../simulator';
import { Listener } from '../simulator/listener';
import { probe } from '../simulator/probe';
import { sampleFile } from '../simulator/sampleMedia';
import { isWorkflow, workflowsIn } from './workflows';

const recipes = workflowsIn('docs/recipes.md');
const folder = mkdtempSync(path.join(tmpdir(), 'kling-recipes-'));

/** The request that the text-to-speech service received. */
const spoken: unknown[] = [];

let simulator: Simulator;
let voiceService: Listener;
let voiceUrl: string;

beforeAll(async () => {
	({ simulator } = await quickService({ media: 'real' }));
	const voice = readFileSync(await sampleFile('voice.mp3'));
	voiceService = new Listener((request, response) => {
		request.setEncoding('utf8').on('data', (body: string) => void spoken.push(JSON.parse(body)));
		request.on('end', () => response.setHeader('Content-Type', 'audio/mpeg').end(voice));
	});
	voiceUrl = `http://127.0.0.1:${await voiceService.open(0)}`;
});

beforeEach(() => {
	spoken.splice(0);
	simulator.reset();
});

afterAll(async () => {
	await simulator.stop();
	await voiceService.close();
	rmSync(folder, { recursive: true });
});

/**
 * A recipe as written, except for the addresses of this machine and the nodes that need an account.
 */
function recipe(title: string, without: string[] = []): WorkflowJson {
	const text = JSON.stringify(recipes.get(title))
		.replaceAll('https://api.openai.com/v1/audio/speech', voiceUrl)
		.replaceAll('https://example.com/face.png', `${simulator.mediaUrl}/face.png`)
		.replaceAll('/home/node/.n8n-files', folder);
	const workflow: unknown = JSON.parse(text);
	if (!isWorkflow(workflow)) throw new Error(`There is no recipe "${title}".`);
	const isKept = (name: string) => !without.includes(name);
	const connections: WorkflowJson['connections'] = {};
	for (const [from, { main = [] }] of Object.entries(workflow.connections)) {
		const kept = main.map((output) => output?.filter(({ node }) => isKept(node)) ?? []);
		connections[from] = { main: kept };
	}
	return { ...workflow, nodes: workflow.nodes.filter(({ name }) => isKept(name)), connections };
}

async function run(workflow: WorkflowJson): Promise<RunResult> {
	const result = await runWorkflow({
		workflow,
		credentials: {
			cometApiKlingApi: { apiKey: simulator.key, baseUrl: simulator.url },
			openAiApi: { apiKey: 'sk-none' },
		},
		mode: 'trigger',
		fileFolder: folder,
	});
	expect(result.error?.message).toBeUndefined();
	return result;
}

test('the avatar speaks with a voice from another service', async () => {
	const result = await run(recipe('A voice from another service'));
	expect(spoken).toHaveLength(1);
	expect(JSON.stringify(spoken[0])).toContain('welcome to the show');
	expect(simulator.paidTasks()).toBe(1);
	const [video] = result.items('Create Avatar Video');
	expect(video?.binary?.video?.mimeType).toBe('video/mp4');
	expect(video?.json.video_duration).toBeCloseTo(4, 0);
});

test('a daily show is spoken, filmed and written to disk', async () => {
	await run(recipe('A daily show'));
	expect(spoken).toHaveLength(1);
	const file = readdirSync(folder).find((name) => /^news-\d{4}-\d\d-\d\d\.mp4$/.test(name));
	const { codecs, seconds } = await probe(path.join(folder, file ?? ''));
	expect(codecs).toEqual(['h264', 'aac']);
	expect(Math.abs(seconds - 4)).toBeLessThan(0.5);
});

test('captions are written beside the video', async () => {
	const result = await run(recipe('Captions'));
	const written = readFileSync(path.join(folder, 'show.srt'), 'utf8');
	expect(written).toBe(result.items('Create Avatar Video')[0]?.json.captions_srt);
	expect(written).toContain('Welcome to the show.');
	expect(readdirSync(folder)).toContain('show.mp4');
});

test('the quick start of the README creates a video', async () => {
	const [, quickStart] = workflowsIn('README.md').entries().next().value ?? [];
	const text = JSON.stringify(quickStart).replace(
		'https://example.com/face.png',
		`${simulator.mediaUrl}/face.png`,
	);
	const workflow: unknown = JSON.parse(text);
	if (!isWorkflow(workflow)) throw new Error('The README has no workflow.');
	// In the editor, the user selects the credential.
	const credentials = { cometApiKlingApi: { id: '1', name: 'CometAPI' } };
	const nodes = workflow.nodes.map((node) => ({ ...node, id: node.name, credentials }));
	const result = await run({ ...workflow, nodes });
	expect(result.items('Create Avatar Video')[0]?.binary?.data?.mimeType).toBe('video/mp4');
	expect(simulator.paidTasks()).toBe(2);
});

test('the stored video is the one that was created', async () => {
	// The tests in test/e2e write to S3, FTP and similar storage.
	const result = await run(recipe('Store the video', ['S3', 'Google Drive', 'FTP']));
	const file = result.items('Create Avatar Video')[0]?.binary?.video;
	const written = readFileSync(path.join(folder, file?.fileName ?? ''));
	expect(written.equals(await result.bytes(file))).toBe(true);
});
