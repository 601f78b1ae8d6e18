import { openBrowser, type Browser } from './editor/browser';
import { Editor } from './editor/editor';
import { shoot } from './editor/shoot';
import { openJobBench, type JobBench } from './jobs/jobBench';

/** A window that shows the whole example. */
const WINDOW = { width: 1440, height: 900 };

let bench: JobBench;
let browser: Browser;
let editor: Editor;

beforeAll(async () => {
	bench = await openJobBench();
	browser = await openBrowser();
	editor = new Editor(browser.page, bench.rest.url);
	await editor.signIn();
});
afterAll(async () => {
	await browser.close();
	await bench.close();
});

test('the table as a queue runs in the editor and fits on one screen', async () => {
	const { page } = browser;
	const id = await bench.open('11-table-as-queue.json');
	await page.setViewportSize(WINDOW);
	await editor.openWorkflow(id);
	await page.getByTestId('execute-workflow-button').first().click();
	for (const name of ['Mark as Started', 'Create Avatar Video', 'Store Video', 'Save Result']) {
		await editor.succeeded(name).waitFor();
	}
	await editor.dismissToast();
	await page.getByTestId('zoom-to-fit').click();
	await shoot(page, 'table-as-queue');
	expect(bench.simulator.paidTasks()).toBe(2);
});
