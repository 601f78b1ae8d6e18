import { mkdirSync } from 'node:fs';
import path from 'node:path';

import type { INode } from 'n8n-workflow';

import { klingNode, nodeOf } from '../harness';
import { HAVE_ENOUGH_DATA, type Editor } from './editor/editor';
import { openEditor, type EditorBench } from './editor/openEditor';
import { shoot } from './editor/shoot';
import { withCredential } from './n8n/rest';
import { importExamples } from './playground/importExamples';
import { until } from './until';
import type { Workbench } from './workbench';

const NODE = 'Create avatar video';

/** How far the logs panel is enlarged, so that more of the video is visible. */
const LOGS_DRAG_PIXELS = 150;

/** The voice of the simulator's sample, in seconds. */
const VOICE_SECONDS = 4;

let opened: EditorBench;
let bench: Workbench;
let editor: Editor;

beforeAll(async () => {
	opened = await openEditor({ media: 'real' });
	({ bench, editor } = opened);
});
afterAll(async () => await opened.close());

test('a new user finds the node, enters a key, fills in the parameters and plays the video', async () => {
	const { page } = editor;
	await editor.newWorkflow();

	await page.getByTestId('canvas-handle-plus').first().click();
	await editor.search('avatar');
	const entry = editor.foundNodes().getByText('CometAPI Kling', { exact: true });
	await entry.click();
	await entry.waitFor({ state: 'detached' });
	expect(await editor.foundNodes().allTextContents()).toEqual([
		'Create avatar video',
		'Generate speech',
		'Get task',
		'Join videos',
	]);
	await shoot(page, 'node-panel');
	await editor.foundNodes().getByText('Create avatar video').click();
	await editor.form().waitFor();

	await page.getByTestId('node-credentials-select').click();
	await page.getByTestId('node-credentials-select-item-new').click();
	const dialog = page.getByTestId('editCredential-modal');
	const [key, baseUrl] = [0, 1].map((index) =>
		dialog.getByTestId('parameter-input-field').nth(index),
	);
	await key?.fill('sk-wrong');
	await baseUrl?.fill(bench.simulator.url);
	await page.getByTestId('credential-save-button').click();
	await dialog.getByText('More details').click();
	await dialog.getByText('CometAPI did not accept this API key').waitFor();
	await shoot(page, 'credential-refused', (await dialog.boundingBox()) ?? undefined);
	await key?.fill(bench.simulator.key);
	await page.getByTestId('credential-save-button').click();
	await dialog.waitFor({ state: 'hidden' });
	await page.getByTestId('credential-edit-button').click();
	await dialog.getByText('Connection tested successfully').waitFor();
	await dialog.getByLabel('Close this dialog').click();
	await dialog.waitFor({ state: 'hidden' });

	await editor.type('imageUrl', 'https://example.com/face.png');
	await editor.choose('audioSource', 'URL');
	await editor.type('audioUrl', 'https://example.com/voice.mp3');
	await editor.closeNode();

	await page.getByTestId('execute-workflow-button').first().click();
	await editor.succeeded(NODE).waitFor();
	await editor.dismissToast();
	await editor.openNode(NODE);
	await editor.output().getByText('video/mp4').waitFor();
	await editor.output().getByTestId('ndv-view-binary-data').click();
	await until(async () => (await editor.videoFact('readyState')) === HAVE_ENOUGH_DATA);
	await until(async () => (await editor.videoFact('currentTime')) > 1);
	expect(await editor.videoFact('duration')).toBeCloseTo(VOICE_SECONDS, 0);
	await shoot(page, 'result');
	expect(bench.simulator.paidTasks()).toBe(1);
});

/**
 * The parameters as the docs show them: the name of the screenshot, the node, and the labels in
 * it.
 */
const FORMS: Array<[string, INode, string[]]> = [
	[
		'form-create-avatar-video',
		klingNode(
			{
				resource: 'avatar',
				operation: 'create',
				imageUrl: 'https://example.com/face.png',
				audioSource: 'text',
				text: 'Welcome to our show!',
			},
			{ name: 'Create avatar video' },
		),
		[
			...['Resource', 'Operation', 'Image Source', 'Image URL', 'Audio Source'],
			...['Text', 'Voice', 'Voice Speed', 'Prompt', 'Mode', 'Wait for Completion'],
			...['Download Video', 'Put Output File in Field', 'Simplify', 'Options'],
		],
	],
	[
		'form-generate-speech',
		klingNode(
			{ resource: 'speech', operation: 'generate', text: 'Welcome to our show!' },
			{ name: 'Generate speech' },
		),
		[
			'Resource',
			'Operation',
			'Text',
			'Voice',
			'Voice Speed',
			'Download Audio',
			'Simplify',
			'Options',
		],
	],
	[
		'form-get-task',
		klingNode(
			{
				resource: 'task',
				operation: 'get',
				taskId: '={{ $json.task_id }}',
				waitForCompletion: true,
			},
			{ name: 'Get task' },
		),
		[
			...['Resource', 'Operation', 'Task Type', 'Task ID', 'Wait for Completion'],
			...['Download File', 'Simplify', 'Options'],
		],
	],
	[
		'form-trigger',
		nodeOf(
			'CometAPI Kling Trigger',
			'n8n-nodes-cometapi-kling.cometApiKlingTrigger',
			{},
			{
				webhookId: 'kling-forms',
			},
		),
		['Task Type', 'Trigger On', 'Download File', 'Simplify', 'Options'],
	],
];

test.each(FORMS)('%s shows its parameters in this order', async (picture, node, labels) => {
	const id = await bench.rest.createWorkflow(
		{ nodes: [withCredential(node, bench.credentialId)], connections: {} },
		node.name,
	);
	await editor.page.setViewportSize({ width: 1280, height: 1500 });
	await editor.openWorkflow(id);
	await editor.openNode(node.name);
	await until(async () => (await editor.labels()).length >= labels.length);
	expect(await editor.labels()).toEqual(labels);
	if (node.webhookId !== undefined) {
		await editor.page.getByText('Webhook URLs', { exact: true }).click();
		await editor.page.getByText('Production URL', { exact: true }).click();
	}
	await shoot(editor.page, picture, await editor.formArea());
});

test('shows a workflow and its result side by side', async () => {
	const { page } = editor;
	const fileFolder = path.join(bench.userFolder, 'files');
	mkdirSync(fileFolder, { recursive: true });
	const name = '02-scheduled-speech.json';
	const credentialIds = { cometApiKlingApi: bench.credentialId };
	const ids = await importExamples(bench.rest, { credentialIds, fileFolder }, [name]);
	await page.setViewportSize({ width: 1280, height: 1000 });
	await editor.openWorkflow(ids.get(name) ?? '');
	await page.getByTestId('logs-overview-header').click();
	await page.getByTestId('execute-workflow-button').first().click();
	await editor.succeeded('Write Video').waitFor();
	await editor.dismissToast();
	await editor.dragLogsUp(LOGS_DRAG_PIXELS);
	await page.getByTestId('zoom-to-fit').click();
	await page.getByTestId('logs-overview-body').getByText('Create Avatar Video').click();
	await page.getByTestId('log-details-output').getByTestId('ndv-view-binary-data').click();
	await until(async () => (await editor.videoFact('currentTime')) > 1);
	await shoot(page, 'hero');
	await page.emulateMedia({ colorScheme: 'dark' });
	await shoot(page, 'hero-dark');
	await page.emulateMedia({ colorScheme: 'light' });
});
