import type { INodeParameters } from 'n8n-workflow';

import { HAVE_ENOUGH_DATA, type Editor } from './editor/editor';
import { openEditor, type EditorBench } from './editor/openEditor';
import { until } from './until';
import { avatarNode, manualWorkflow, NODE, type Workbench } from './workbench';

let opened: EditorBench;
let bench: Workbench;
let editor: Editor;

beforeAll(async () => {
	opened = await openEditor();
	({ bench, editor } = opened);
});
beforeEach(() => bench.simulator.reset());
afterAll(async () => await opened.close());

async function openWorkflow(options: INodeParameters): Promise<void> {
	const node = avatarNode(bench, options);
	const id = await bench.rest.createWorkflow(manualWorkflow(1, node), 'Build for free');
	await editor.openWorkflow(id);
}

async function press(): Promise<void> {
	await editor.page.getByTestId('execute-workflow-button').first().click();
	await editor.succeeded(NODE).waitFor();
	await editor.dismissToast();
}

test('a dry run sends nothing, and its placeholder plays in the browser', async () => {
	await openWorkflow({ dryRun: true });
	await press();
	await editor.openNode(NODE);
	await editor.output().getByText('Dry run: nothing was sent').waitFor();
	await editor.output().getByText('video/mp4').waitFor();
	await editor.output().getByTestId('ndv-view-binary-data').click();
	await until(async () => (await editor.videoFact('readyState')) === HAVE_ENOUGH_DATA);
	expect(await editor.videoFact('duration')).toBeGreaterThan(1);
	expect(bench.simulator.requests).toEqual([]);
});

test('executing the workflow three times creates one video, and the panel says so', async () => {
	await openWorkflow({});
	await editor.openNode(NODE);
	await editor.output().getByText('Each execution creates a video, which is billed').waitFor();
	await editor.closeNode();
	for (let count = 0; count < 3; count++) await press();
	await editor.openNode(NODE);
	await editor.output().getByText('1 task was reused').waitFor();
	expect(bench.simulator.paidTasks()).toBe(1);
});
