import type { IExecuteFunctions } from 'n8n-workflow';

/** A Node.js stream as n8n's helpers accept it; n8n does not allow importing `stream` itself. */
export type ByteStream = Exclude<
	Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0],
	Buffer
>;

const STREAM_METHODS = ['read', 'unshift', 'map', 'once', 'off', 'destroy'];

/** Tells whether a response body is a stream, which `encoding: 'stream'` requests. */
export function isByteStream(value: unknown): value is ByteStream {
	if (typeof value !== 'object' || value === null) return false;
	return STREAM_METHODS.every((name) => typeof Reflect.get(value, name) === 'function');
}

/** The body was longer than the reader allows. */
export class BodyTooLargeError extends Error {}

/**
 * Reads a stream to its end as text.
 *
 * @throws BodyTooLargeError as soon as more than `maxBytes` have arrived; the stream is destroyed
 * @throws any error of the stream when it fails or is destroyed
 */
export async function readText(stream: ByteStream, maxBytes: number): Promise<string> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of stream) {
		const part = asBuffer(chunk);
		bytes += part.length;
		if (bytes > maxBytes) throw new BodyTooLargeError(`more than ${maxBytes} bytes`);
		chunks.push(part);
	}
	return Buffer.concat(chunks).toString('utf8');
}

/**
 * Reads the first bytes of a stream and puts them back, so that the next reader gets them too. The
 * result is shorter than requested only if the stream is.
 *
 * @throws any error of the stream when it fails or is destroyed
 */
export async function peek(stream: ByteStream, wantedBytes: number): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	while (bytes < wantedBytes && (await isReadable(stream))) {
		const chunk: unknown = stream.read();
		if (chunk === null) continue;
		const part = asBuffer(chunk);
		chunks.push(part);
		bytes += part.length;
	}
	const head = Buffer.concat(chunks);
	if (head.length > 0) stream.unshift(head);
	return head;
}

/** Waits until there is something to read; `false` at the end. */
async function isReadable(stream: ByteStream): Promise<boolean> {
	if (stream.errored) throw stream.errored;
	if (stream.readableEnded || stream.destroyed) return false;
	return await new Promise((resolve, reject) => {
		const settle = (act: () => void) => () => {
			stream
				.off('readable', onReadable)
				.off('end', onEnd)
				.off('close', onEnd)
				.off('error', onError);
			act();
		};
		const onReadable = settle(() => resolve(true));
		const onEnd = settle(() => resolve(false));
		const onError = (error: Error) => settle(() => reject(error))();
		stream
			.once('readable', onReadable)
			.once('end', onEnd)
			.once('close', onEnd)
			.once('error', onError);
	});
}

export function asBuffer(chunk: unknown): Buffer {
	if (Buffer.isBuffer(chunk)) return chunk;
	return chunk instanceof Uint8Array ? Buffer.from(chunk) : Buffer.from(String(chunk));
}
