import { chainOf, nodeOf } from '../harness';
import { LONG_TEXT } from '../longTalk/setup';
import { HAVE_ENOUGH_DATA, type Editor } from './editor/editor';
import { openEditor, type EditorBench } from './editor/openEditor';
import { shoot } from './editor/shoot';
import { until } from './until';
import { avatarNode, type Workbench } from './workbench';

const NODE = 'Create avatar video';

/**
 * Each part takes 50 seconds to say; its clip lasts only a few here, so that the videos are
 * created quickly.
 */
const CLIP_SECONDS = 4;

const CLIPS = 5;

let opened: EditorBench;
let bench: Workbench;
let editor: Editor;

beforeAll(async () => {
	opened = await openEditor({ media: 'real', speechSeconds: () => CLIP_SECONDS });
	({ bench, editor } = opened);
});
afterAll(async () => await opened.close());

test('a talk of five clips plays as one video, across the borders of its clips', async () => {
	const { page } = editor;
	const node = avatarNode(
		bench,
		{ longText: 'split', captions: true },
		{ audioSource: 'text', text: LONG_TEXT },
		{ name: NODE },
	);
	const chain = chainOf(node);
	const start = nodeOf('Start', 'n8n-nodes-base.manualTrigger');
	const nodes = chain.nodes.map((each) => (each.name === 'Start' ? start : each));
	const id = await bench.rest.createWorkflow({ ...chain, nodes }, 'A talk');
	await page.setViewportSize({ width: 1280, height: 900 });
	await editor.openWorkflow(id);
	await page.getByTestId('execute-workflow-button').first().click();
	await editor.succeeded(NODE).waitFor();
	await editor.dismissToast();
	await editor.openNode(NODE);
	await editor.output().getByText('video/mp4').waitFor();
	await editor.output().getByTestId('ndv-view-binary-data').click();
	await until(async () => (await editor.videoFact('readyState')) === HAVE_ENOUGH_DATA);
	expect(await editor.videoFact('duration')).toBeCloseTo(CLIPS * CLIP_SECONDS, 0);
	for (let border = 1; border < CLIPS; border++) {
		const from = border * CLIP_SECONDS - 0.5;
		await page.evaluate(`document.querySelector('video').currentTime = ${from}`);
		await until(async () => (await editor.videoFact('currentTime')) > from + 1);
	}
	await shoot(page, 'talk');
	const avatars = bench.simulator.requests.filter(({ paid, route }) => paid && route === 'create');
	expect(avatars).toHaveLength(CLIPS);
});
