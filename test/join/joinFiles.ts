import { createReadStream, writeFileSync } from 'node:fs';

import type { ClipSource } from '../../nodes/CometApiKling/media/join/read/byteReader';
import { joinClips, type JoinedVideo } from '../../nodes/CometApiKling/media/join/joinClips';

/** A file as a source of a clip. */
export function fileSource(file: string): ClipSource {
	return { open: async () => createReadStream(file) };
}

/** Bytes in memory as a source of a clip, in chunks of a given size. */
export function bytesSource(bytes: Buffer, chunkBytes = bytes.length): ClipSource {
	return {
		open: async () =>
			(async function* () {
				for (let offset = 0; offset < bytes.length; offset += chunkBytes) {
					yield bytes.subarray(offset, offset + chunkBytes);
				}
			})(),
	};
}

/** Joins files into another. @throws if they cannot be joined */
export async function joinFiles(files: string[], target: string): Promise<JoinedVideo> {
	const result = await joinClips(files.map(fileSource));
	if (result.kind !== 'joined') throw new Error(result.differences.join('; '));
	const bytes = await bytesOf(result);
	expect(bytes).toHaveLength(result.bytes);
	writeFileSync(target, bytes);
	return result;
}

export async function bytesOf({ data }: JoinedVideo): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of data) chunks.push(chunk);
	return Buffer.concat(chunks);
}
