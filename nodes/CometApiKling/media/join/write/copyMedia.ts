import { ByteReader, type ClipSource } from '../read/byteReader';
import { Mp4Error } from '../read/mp4Error';

/** Small parts are combined, because each part costs the receiver a call. */
const MIN_OUTPUT_BYTES = 64 * 1024;

/** A part of the result's media data: bytes of a clip's file, or bytes made here. */
export type MediaPart = { offset: number; bytes: number } | { made: Buffer };

/** The media data that one clip adds, in the order of its file. */
export interface MediaPlan {
	source: ClipSource;
	parts: MediaPart[];
}

/**
 * Streams the media data of all clips, one file open at a time.
 *
 * @throws Mp4Error if a file is shorter than its headers say; whatever a source throws
 */
export async function* copyMedia(head: Buffer, plans: MediaPlan[]): AsyncGenerator<Buffer> {
	let pending: Buffer[] = [head];
	let pendingBytes = head.length;
	for (const [index, plan] of plans.entries()) {
		const clip = clipMedia(plan);
		try {
			for await (const bytes of clip) {
				pending.push(bytes);
				pendingBytes += bytes.length;
				if (pendingBytes < MIN_OUTPUT_BYTES) continue;
				yield joined(pending);
				pending = [];
				pendingBytes = 0;
			}
		} catch (error) {
			throw error instanceof Mp4Error ? new Mp4Error(error.message, index) : error;
		}
	}
	if (pendingBytes > 0) yield joined(pending);
}

function joined(parts: Buffer[]): Buffer {
	const [only, another] = parts;
	return only && !another ? only : Buffer.concat(parts);
}

async function* clipMedia({ source, parts }: MediaPlan): AsyncGenerator<Buffer> {
	const reader = await ByteReader.open(source);
	try {
		for (const part of parts) {
			if ('made' in part) {
				yield part.made;
				continue;
			}
			await reader.skipTo(part.offset);
			const end = part.offset + part.bytes;
			while (reader.position < end) yield await reader.some(end - reader.position);
		}
	} finally {
		await reader.close();
	}
}
