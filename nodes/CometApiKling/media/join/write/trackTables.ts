import { fullBox, listBox, uint32, uint32List } from './boxWriter';

/**
 * Collects a track's samples and chunks, and writes their tables (ISO/IEC 14496-12, 8.5 to 8.7).
 */
export class TrackTables {
	private readonly sizes: number[] = [];
	private readonly syncSamples: number[] = [];
	private readonly durations = new Runs();
	private readonly compositionOffsets = new Runs();
	private readonly chunkOffsets: number[] = [];
	/** `stsc`: the first chunk, samples per chunk and the sample entry of each run. */
	private readonly chunkRuns: number[] = [];
	/** The sum of the durations, in units of the track. */
	total = 0;

	/** @param offset bytes from the start of the media data */
	addChunk(offset: number, samples: number, sampleEntry: number): void {
		this.chunkOffsets.push(offset);
		const [lastSamples, lastEntry] = this.chunkRuns.slice(-2);
		if (lastSamples === samples && lastEntry === sampleEntry) return;
		this.chunkRuns.push(this.chunkOffsets.length, samples, sampleEntry);
	}

	addSample(size: number, duration: number, compositionOffset: number, isSync: boolean): void {
		this.sizes.push(size);
		if (isSync) this.syncSamples.push(this.sizes.length);
		this.durations.add(duration);
		this.compositionOffsets.add(compositionOffset);
		this.total += duration;
	}

	/**
	 * @param mediaDataOffset where the media data starts in the file
	 * @param isLarge whether offsets in the file need 64 bits
	 */
	write(mediaDataOffset: number, isLarge: boolean): Buffer[] {
		const isEachSync = this.syncSamples.length === this.sizes.length;
		return [
			listBox('stts', this.durations.count, this.durations.values),
			...(this.compositionOffsets.isZero
				? []
				: [listBox('ctts', this.compositionOffsets.count, this.compositionOffsets.values)]),
			...(isEachSync ? [] : [listBox('stss', this.syncSamples.length, this.syncSamples)]),
			listBox('stsc', this.chunkRuns.length / 3, this.chunkRuns),
			this.writeSizes(),
			this.writeChunkOffsets(mediaDataOffset, isLarge),
		];
	}

	/** If all samples have the same size, it is written only once. */
	private writeSizes(): Buffer {
		const first = this.sizes[0] ?? 0;
		const isShared = first > 0 && this.sizes.every((size) => size === first);
		return isShared
			? fullBox('stsz', 0, uint32(first, this.sizes.length))
			: fullBox('stsz', 0, uint32(0, this.sizes.length), uint32List(this.sizes));
	}

	private writeChunkOffsets(mediaDataOffset: number, isLarge: boolean): Buffer {
		const offsets = this.chunkOffsets.map((offset) => offset + mediaDataOffset);
		if (!isLarge) return listBox('stco', offsets.length, offsets);
		const halves = offsets.flatMap((offset) => [Math.floor(offset / 2 ** 32), offset % 2 ** 32]);
		return listBox('co64', offsets.length, halves);
	}
}

/** Run-length encoding: pairs of a count and a value. */
class Runs {
	readonly values: number[] = [];

	get count(): number {
		return this.values.length / 2;
	}

	get isZero(): boolean {
		return this.values.length <= 2 && (this.values[1] ?? 0) === 0;
	}

	add(value: number): void {
		const last = this.values.length - 2;
		if (this.values[last + 1] === value) this.values[last] = (this.values[last] ?? 0) + 1;
		else this.values.push(1, value);
	}
}
