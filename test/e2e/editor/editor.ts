import type { Locator, Page } from 'playwright-core';

import { Rest } from '../n8n/rest';

/** The browser's state for a video with enough data to keep playing. */
export const HAVE_ENOUGH_DATA = 4;

/** The margin around the parameters in a screenshot. */
const MARGIN_PIXELS = 12;

/** A part of the page, in pixels. */
export interface Area {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** n8n's editor, as a user sees it. */
export class Editor {
	constructor(
		readonly page: Page,
		private readonly serverUrl: string,
	) {}

	async signIn(): Promise<void> {
		await this.go('/signin');
		await this.page.getByTestId('emailOrLdapLoginId').locator('input').fill(Rest.owner.email);
		await this.page.locator('input[type=password]').fill(Rest.owner.password);
		await this.page.getByTestId('form-submit-button').click();
		await this.page.waitForURL((url) => !url.pathname.includes('signin'));
	}

	/** Opens an empty workflow with a manual trigger. */
	async newWorkflow(): Promise<void> {
		await this.go('/workflow/new');
		await this.page.getByTestId('canvas-plus-button').click();
		await this.search('manual');
		// The list still shows other nodes for a moment.
		await this.foundNodes()
			.filter({ hasText: /manual/i })
			.first()
			.click();
		await this.nodeOnCanvas('When clicking ‘Execute workflow’').waitFor();
	}

	async openWorkflow(id: string): Promise<void> {
		await this.go(`/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** Types into the nodes panel, which must be open. */
	async search(words: string): Promise<void> {
		await this.page.getByTestId('node-creator-search-bar').fill(words);
	}

	/** The entries of the nodes panel. */
	foundNodes(): Locator {
		return this.page.getByTestId('node-creator-item-name');
	}

	nodeOnCanvas(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** Opens the parameters of a node on the canvas. */
	async openNode(name: string): Promise<void> {
		await this.nodeOnCanvas(name).dblclick();
		await this.form().waitFor();
	}

	async closeNode(): Promise<void> {
		await this.page.getByTestId('ndv-close-button').click();
	}

	/** The details of the open node. */
	form(): Locator {
		return this.page.getByTestId('node-parameters');
	}

	/** A field of the open node, by the parameter's name. */
	field(name: string): Locator {
		return this.form().getByTestId(`parameter-input-${name}`);
	}

	/** The visible labels from top to bottom, except for the credential's. */
	async labels(): Promise<string[]> {
		const texts = await this.form().locator('label[for]:visible').allInnerTexts();
		return texts.map((text) => text.split('\n')[0]?.trim() ?? '');
	}

	/** The position of the open parameters on the page, from the tabs to the last field. */
	async formArea(): Promise<Area> {
		const [top, form, last] = await Promise.all(
			[
				this.page.getByTestId('tab-params'),
				this.form(),
				this.form().getByTestId('collection-parameter-add'),
			].map(async (part) => await part.boundingBox()),
		);
		if (!top || !form || !last) throw new Error('The parameters are not visible.');
		const y = top.y - MARGIN_PIXELS;
		return { x: form.x, y, width: form.width, height: last.y + last.height + MARGIN_PIXELS - y };
	}

	async type(name: string, text: string): Promise<void> {
		await this.field(name).locator('input, textarea').first().fill(text);
	}

	/** Selects an option from a list. */
	async choose(name: string, option: string): Promise<void> {
		await this.field(name).click();
		await this.page.getByRole('option', { name: option }).locator('visible=true').first().click();
	}

	/** Closes the message about the successful execution. */
	async dismissToast(): Promise<void> {
		await this.page.locator('.el-notification__closeBtn').first().click();
	}

	/** Enlarges the logs panel below the canvas. */
	async dragLogsUp(pixels: number): Promise<void> {
		const box = await this.page.getByTestId('logs-panel').boundingBox();
		if (!box) throw new Error('The logs panel is not open.');
		const x = box.x + box.width / 2;
		await this.page.mouse.move(x, box.y);
		await this.page.mouse.down();
		await this.page.mouse.move(x, box.y - pixels, { steps: 5 });
		await this.page.mouse.up();
	}

	/** The output of the open node. */
	output(): Locator {
		return this.page.getByTestId('output-panel');
	}

	/** The check mark of a node on the canvas that succeeded. */
	succeeded(name: string): Locator {
		return this.nodeOnCanvas(name).getByTestId('canvas-node-status-success');
	}

	/** The browser's state of the video that the output's preview plays (HTMLMediaElement). */
	async videoFact(name: 'readyState' | 'duration' | 'currentTime'): Promise<number> {
		// This is text because this project's own code has no browser types.
		return Number(await this.page.evaluate(`document.querySelector('video')?.${name}`));
	}

	/** n8n keeps connections open, so its pages never count as loaded. */
	private async go(path: string): Promise<void> {
		await this.page.goto(this.serverUrl + path, { waitUntil: 'commit' });
	}
}
