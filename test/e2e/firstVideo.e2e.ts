import type { Page } from 'playwright-core';

import { openBrowser, type Browser } from './editor/browser';
import { Editor } from './editor/editor';
import { startN8n, type N8nServer } from './n8n/server';
import { until } from './until';
import { workbenchOf, type Workbench } from './workbench';

/** What an n8n user needs to get from an empty workflow to a video, once a credential exists. */
const MAX_CLICKS = 5;

/** The browser's state for a video with enough data to keep playing. */
const HAVE_ENOUGH_DATA = 4;

/** Counts the mouse clicks in a page since it was loaded. */
const COUNT_CLICKS = `
	window.clicks = 0;
	window.addEventListener('pointerdown', () => (window.clicks += 1), true);
`;

let server: N8nServer;
let bench: Workbench;
let browser: Browser;

beforeAll(async () => {
	// A server with only one credential, so that n8n selects it automatically.
	server = await startN8n();
	bench = await workbenchOf(server.rest, server.userFolder, { media: 'real' });
	browser = await openBrowser();
});
afterAll(async () => {
	await browser.close();
	await bench.simulator.stop();
	await server.stop();
});

/**
 * Presses Tab until the cursor is in a parameter's input; the parameters before it keep their
 * defaults.
 */
async function tabTo(page: Page, parameter: string): Promise<void> {
	const field = `[data-test-id="parameter-input-${parameter}"]`;
	await page.locator(field).waitFor();
	await until(async () => {
		await page.keyboard.press('Tab');
		const isThere = await page.evaluate(
			`document.activeElement.matches('${field} input, ${field} textarea')`,
		);
		return isThere === true;
	});
}

/** Far longer than the delay after which n8n stores typed text. */
const TYPING_PAUSE_MS = 2_000;

test('creating the first video takes five clicks and two fields', async () => {
	const { page } = browser;
	const editor = new Editor(page, server.url);
	await editor.signIn();
	await page.addInitScript(COUNT_CLICKS);
	await page.goto(`${server.url}/workflow/new`, { waitUntil: 'commit' });

	await page.getByTestId('canvas-plus-button').click();
	await editor.search('avatar');
	await editor.foundNodes().getByText('CometAPI Kling', { exact: true }).click();
	// In an empty workflow, n8n lists a package's triggers first and collapses its actions.
	await page.getByTestId('node-creator-category-item').getByText('Actions').click();
	await editor.foundNodes().getByText('Create avatar video').click();
	await tabTo(page, 'imageUrl');
	await page.keyboard.type(`${bench.simulator.mediaUrl}/face.png`);
	await page.waitForTimeout(TYPING_PAUSE_MS);
	await tabTo(page, 'text');
	await page.keyboard.type('Good morning, this is my first video.');
	await page.keyboard.press('Tab');
	// n8n stores the text only after a pause in typing.
	await page.waitForTimeout(TYPING_PAUSE_MS);
	await page.getByTestId('node-execute-button').click();

	await editor.output().getByText('video/mp4').waitFor();
	expect(Number(await page.evaluate('window.clicks'))).toBeLessThanOrEqual(MAX_CLICKS);
	expect(bench.simulator.paidTasks()).toBe(2);

	await editor.output().getByTestId('ndv-view-binary-data').click();
	await until(async () => (await editor.videoFact('readyState')) === HAVE_ENOUGH_DATA);
});
