import { readFileSync } from 'node:fs';

import type { Page } from 'playwright-core';

import { sampleFile } from '../simulator/sampleMedia';
import { openBrowser, type Browser } from './editor/browser';
import { openJobBench, type JobBench } from './jobs/jobBench';
import { until } from './until';

const FORM = '12-form-to-video.json';

let bench: JobBench;
let browser: Browser;

beforeAll(async () => {
	bench = await openJobBench();
	browser = await openBrowser();
	await bench.open(FORM);
});
beforeEach(() => bench.simulator.reset());
afterAll(async () => {
	await browser.close();
	await bench.close();
});

/** Opens the published form and submits it as a visitor does. */
async function submit(text: string): Promise<Page> {
	const { page } = browser;
	// n8n responds to the publication before it serves the form.
	await until(async () => {
		await page.goto(`${bench.rest.url}/form/avatar-video`, { waitUntil: 'commit' });
		return await page.locator('#submit-btn').isVisible();
	});
	await page.getByLabel('Name').fill('Ada');
	await page.getByLabel('Picture').setInputFiles(await sampleFile('face.jpg'));
	await page.getByLabel('Text').fill(text);
	await page.locator('#submit-btn').click();
	return page;
}

test('a visitor gets the video as a file with the name from the form', async () => {
	const { simulator } = bench;
	const downloading = browser.page.waitForEvent('download');
	const page = await submit('Hello, this is Ada, and I am a picture that talks.');

	const download = await downloading;
	expect(download.suggestedFilename()).toBe('Ada.mp4');
	expect(
		readFileSync(await download.path())
			.subarray(4, 8)
			.toString(),
	).toBe('ftyp');
	await page.getByText('Here is your video, Ada').waitFor();
	const bodies = simulator.requests.filter(({ paid }) => paid).map(({ body }) => body);
	const picture = readFileSync(await sampleFile('face.jpg')).toString('base64');
	expect(bodies).toEqual([
		expect.objectContaining({ text: 'Hello, this is Ada, and I am a picture that talks.' }),
		expect.objectContaining({ image: picture }),
	]);
});

test('if the service rejects the text, the page shows the reason', async () => {
	bench.simulator.inject({ on: 'speech', kind: { http: 400, code: 1301 } });
	const page = await submit('Something that the service does not want to say.');

	await page.getByText('The video could not be created').waitFor();
	await page.getByText('content policy').waitFor();
	expect(bench.simulator.paidTasks()).toBe(0);
});
