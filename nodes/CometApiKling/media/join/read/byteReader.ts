import { incompleteFile } from './mp4Error';

/** A file that can be read from its start more than once. */
export interface ClipSource {
	/** Opens the file at its first byte. Its errors reach the caller unchanged. */
	open(): Promise<AsyncIterable<Uint8Array>>;
}

/** Reads a stream from its start to its end, without buffering more than the caller requests. */
export class ByteReader {
	/** The position of the next byte in the file. */
	position = 0;
	private chunk: Buffer = Buffer.alloc(0);

	private constructor(private readonly chunks: AsyncIterator<Uint8Array>) {}

	static async open(source: ClipSource): Promise<ByteReader> {
		return new ByteReader((await source.open())[Symbol.asyncIterator]());
	}

	/** Whether the file has ended. */
	async isAtEnd(): Promise<boolean> {
		while (this.chunk.length === 0) {
			const next = await this.chunks.next();
			if (next.done === true) return true;
			this.chunk = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
		}
		return false;
	}

	/**
	 * Returns the next bytes that are available, at most `maxBytes`, without copying them.
	 *
	 * @throws Mp4Error at the end of the file
	 */
	async some(maxBytes: number): Promise<Buffer> {
		if (await this.isAtEnd()) throw incompleteFile();
		const part = this.chunk.subarray(0, maxBytes);
		this.chunk = this.chunk.subarray(part.length);
		this.position += part.length;
		return part;
	}

	/**
	 * Returns the next `bytes` bytes. Memory use grows with the bytes received, not with `bytes`.
	 *
	 * @throws Mp4Error if the file ends first
	 */
	async exactly(bytes: number): Promise<Buffer> {
		const parts: Buffer[] = [];
		for (let left = bytes; left > 0; ) {
			const part = await this.some(left);
			parts.push(part);
			left -= part.length;
		}
		return Buffer.concat(parts);
	}

	/** @throws Mp4Error if the file ends before `position` */
	async skipTo(position: number): Promise<void> {
		while (this.position < position) await this.some(position - this.position);
	}

	/** Ends the stream; its remaining bytes are not read. */
	async close(): Promise<void> {
		await this.chunks.return?.();
	}
}
