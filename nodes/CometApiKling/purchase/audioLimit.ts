import { UserError } from '../kling/errors/userError';
import { addAudioSeconds, type ItemAudioSeconds } from '../talk/totalSeconds';

/**
 * Enforces *Max Total Seconds*, the limit on the audio of all items together. It is checked
 * with estimates before anything is paid for, and again with actual lengths once all texts are
 * spoken, before the first video.
 */
export class AudioLimit {
	private readonly items: Map<number, ItemAudioSeconds>;
	private readonly open: Set<number>;
	private readonly allKnown: Promise<void>;
	private resolveAllKnown: () => void = () => undefined;

	/**
	 * @param maxTotalSeconds the user's limit
	 * @param items the length of each item's audio, as far as it is known
	 * @param open the items whose videos have to wait until all lengths are known
	 */
	constructor(
		private readonly maxTotalSeconds: number,
		items: ItemAudioSeconds[],
		open: number[],
	) {
		this.items = new Map(items.map((item) => [item.itemIndex, item]));
		this.open = new Set(open);
		this.allKnown = new Promise((resolve) => {
			this.resolveAllKnown = resolve;
		});
	}

	/** @throws UserError with the total and the longest items if the total exceeds the limit */
	check(paid: string): void {
		const total = addAudioSeconds([...this.items.values()], this.maxTotalSeconds);
		if (!total.isOverLimit) return;
		const longest = total.longest
			.map(({ itemIndex, seconds }) => `item ${itemIndex} (${Math.ceil(seconds)} s)`)
			.join(', ');
		const sum = `${total.estimated ? 'about ' : ''}${Math.ceil(total.seconds)}`;
		throw new UserError(
			`The total audio of all items is ${sum} seconds long, but 'Max Total Seconds' is ${this.maxTotalSeconds}`,
			{ advice: `The longest items are: ${longest}. Shorten them, or raise the limit. ${paid}` },
		);
	}

	/**
	 * Records the actual length of an item's audio, and waits for the lengths of all others.
	 *
	 * @param seconds left out if it is not known
	 * @throws UserError if all of them together are over the limit
	 */
	async confirm(itemIndex: number, seconds: number | undefined): Promise<void> {
		if (seconds !== undefined) {
			this.items.set(itemIndex, { itemIndex, seconds, estimated: false });
		}
		this.settle(itemIndex);
		await this.allKnown;
		this.check('No video was created. The speech was charged, and a retry reuses it.');
	}

	/** Removes a failed item: the others do not wait for it, and its audio does not count. */
	withdraw(itemIndex: number): void {
		if (this.open.has(itemIndex)) this.items.delete(itemIndex);
		this.settle(itemIndex);
	}

	private settle(itemIndex: number): void {
		this.open.delete(itemIndex);
		if (this.open.size === 0) this.resolveAllKnown();
	}
}
