import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { chromium, selectors, type BrowserContext, type Page } from 'playwright-core';

/** Debian's package. */
const CHROMIUM = '/usr/bin/chromium';

/** As root in a container, Chromium must run without its sandbox. It should load only the page. */
const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	// The preview starts automatically, and its sound must not prevent that.
	'--autoplay-policy=no-user-gesture-required',
];

/** n8n alone keeps two cores busy, so its editor may take a long time to load. */
const PATIENCE_MS = 60_000;

/** A window that shows all parameters of an operation. */
const WINDOW = { width: 1440, height: 960 };

/** A browser with its own profile. */
export interface Browser {
	page: Page;
	close(): Promise<void>;
}

/** Starts Chromium in headless mode and opens an empty page. */
export async function openBrowser(): Promise<Browser> {
	// n8n marks elements for its own tests in this way.
	selectors.setTestIdAttribute('data-test-id');
	const profile = mkdtempSync(path.join(tmpdir(), 'kling-chromium-'));
	const context: BrowserContext = await chromium.launchPersistentContext(profile, {
		executablePath: CHROMIUM,
		headless: true,
		args: FLAGS,
		viewport: WINDOW,
		reducedMotion: 'reduce',
	});
	context.setDefaultTimeout(PATIENCE_MS);
	return {
		page: await context.newPage(),
		close: async () => {
			await context.close();
			rmSync(profile, { recursive: true, force: true });
		},
	};
}
