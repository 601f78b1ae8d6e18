/** "RIFF", size, "WAVE". */
const FILE_HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;
/** A byte rate stands eight bytes into the format chunk. */
const FORMAT_CHUNK_BYTES = 16;
const BYTE_RATE_OFFSET = 8;

/**
 * The length of a WAV file in seconds: the size of its data chunk over its byte rate. A size that
 * was never filled in (0 or beyond the end, as in streamed files) means "to the end of the file".
 */
export function wavSeconds(file: Buffer): number | undefined {
	let byteRate: number | undefined;
	let offset = FILE_HEADER_BYTES;
	while (offset + CHUNK_HEADER_BYTES <= file.length) {
		const id = file.toString('latin1', offset, offset + 4);
		const size = file.readUInt32LE(offset + 4);
		const start = offset + CHUNK_HEADER_BYTES;
		if (id === 'fmt ' && size >= FORMAT_CHUNK_BYTES && start + FORMAT_CHUNK_BYTES <= file.length) {
			byteRate = file.readUInt32LE(start + BYTE_RATE_OFFSET);
		}
		if (id === 'data') {
			const left = file.length - start;
			const bytes = size === 0 ? left : Math.min(size, left);
			return byteRate ? bytes / byteRate : undefined;
		}
		// Chunks are padded to even sizes.
		offset = start + size + (size % 2);
	}
	return undefined;
}
