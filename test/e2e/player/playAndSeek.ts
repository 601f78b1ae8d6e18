import type { Page } from 'playwright-core';

/** How a browser's player played a video; times in seconds. */
export interface Played {
	seconds: number;
	width: number;
	height: number;
	hasEnded: boolean;
	/** The times of the pictures shown after each seek. */
	shown: number[];
}

/**
 * Plays a video from its start to its end on the page `player.html`, then seeks.
 *
 * @throws if the player reports an error
 */
export async function playAndSeek(page: Page, url: string, times: number[]): Promise<Played> {
	return await page.evaluate<Played>(
		`playAndSeek(${JSON.stringify(url)}, ${JSON.stringify(times)})`,
	);
}
