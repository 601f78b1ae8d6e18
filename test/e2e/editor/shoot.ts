import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

import type { Page } from 'playwright-core';

import { PROJECT_FOLDER } from '../../harness/project';
import type { Area } from './editor';

const FOLDER = path.join(PROJECT_FOLDER, 'docs/images');

/** Images in the README must load on slow connections, too. */
const MAX_BYTES = 250_000;

/**
 * Saves a screenshot of the page or an area of it, but only if `npm run screenshots` requests it.
 */
export async function shoot(page: Page, name: string, area?: Area): Promise<void> {
	if (process.env.KLING_SCREENSHOTS !== '1') return;
	mkdirSync(FOLDER, { recursive: true });
	const file = path.join(FOLDER, `${name}.png`);
	// An element under the mouse looks different.
	await page.mouse.move(0, 0);
	await page.screenshot({ path: file, animations: 'disabled', clip: area });
	expect(statSync(file).size).toBeLessThan(MAX_BYTES);
}
