/**
 * Text and numbers are sent as they are; bytes are sent as raw base64
 * (docs/maintainers/service-notes.md#create-an-avatar-task).
 */
export type BodyFields = Record<string, string | number | Uint8Array>;

/** Bytes are encoded in pieces. The size is a multiple of three, so that no piece needs padding. */
const PIECE_BYTES = 3 * 16_384;

/**
 * The JSON of a request, written directly into the buffer that is sent, so that memory never holds
 * a 10 MB image and its base64 text at the same time.
 */
export function encodeBody(fields: BodyFields): Buffer {
	const entries = Object.entries(fields);
	const texts = entries.map(([key, value], index) => {
		const start = `${index === 0 ? '{' : ','}${JSON.stringify(key)}:`;
		return typeof value === 'object' ? `${start}"` : `${start}${JSON.stringify(value)}`;
	});
	let length = 1 + (entries.length === 0 ? 1 : 0);
	entries.forEach(([, value], index) => {
		length += Buffer.byteLength(texts[index] ?? '');
		if (typeof value === 'object') length += base64Length(value.length) + 1;
	});

	const body = Buffer.allocUnsafe(length);
	let offset = entries.length === 0 ? body.write('{') : 0;
	entries.forEach(([, value], index) => {
		offset += body.write(texts[index] ?? '', offset);
		if (typeof value === 'object') {
			offset += writeBase64(body, offset, value);
			offset += body.write('"', offset);
		}
	});
	body.write('}', offset);
	return body;
}

function base64Length(bytes: number): number {
	return Math.ceil(bytes / 3) * 4;
}

function writeBase64(target: Buffer, start: number, bytes: Uint8Array): number {
	const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
	let offset = start;
	for (let from = 0; from < source.length; from += PIECE_BYTES) {
		offset += target.write(source.toString('base64', from, from + PIECE_BYTES), offset, 'latin1');
	}
	return offset - start;
}
