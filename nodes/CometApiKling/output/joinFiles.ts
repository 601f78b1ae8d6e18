import type { IBinaryData, IDataObject } from 'n8n-workflow';

import { redact } from '../kling/errors/redact';
import { UserError } from '../kling/errors/userError';
import { joinClips } from '../media/join/joinClips';
import type { ClipSource } from '../media/join/read/byteReader';
import { Mp4Error } from '../media/join/read/mp4Error';
import type { ApiContext } from '../transport/apiRequest';
import { clipSource, storeJoined } from '../transport/download/joinedStream';
import { networkFault } from '../transport/networkFault';
import { isBugOfNode } from './nodeError';

export interface JoinSettings {
	binaryField: string;
	fileName: string;
	/** Ends the work when the execution is canceled. */
	signal?: AbortSignal;
}

export interface JoinedFiles {
	/** One video, or each clip in its own field if they cannot be joined. */
	binary: Record<string, IBinaryData>;
	facts: IDataObject;
	/** How long each clip is in the joined video, in seconds. */
	clipSeconds?: number[];
	/** What differs between clips that cannot be joined. */
	differences?: string[];
}

/**
 * Joins clips into one video without encoding them again. Clips that differ too much stay separate
 * files, in the fields `data`, `data_2`, `data_3` …
 *
 * @throws UserError that names the clip if one of them cannot be read or joined, or the cause if
 * the joined video cannot be stored
 */
export async function joinFiles(
	context: ApiContext,
	files: IBinaryData[],
	settings: JoinSettings,
): Promise<JoinedFiles> {
	return await join(context, files, settings).catch((error: unknown) => {
		if (error instanceof Mp4Error) throw joinError(error);
		const hasReason = error instanceof UserError || isBugOfNode(error);
		throw hasReason || settings.signal?.aborted ? error : storageError(error);
	});
}

async function join(
	context: ApiContext,
	files: IBinaryData[],
	{ binaryField, fileName, signal }: JoinSettings,
): Promise<JoinedFiles> {
	const sources = files.map((file, index) =>
		namingSource(clipSource(context.helpers, file), file, index),
	);
	const joined = await joinClips(sources);
	if (joined.kind === 'incompatible') {
		const fields = files.map((file, index): [string, IBinaryData] => [
			index === 0 ? binaryField : `${binaryField}_${index + 1}`,
			file,
		]);
		return { binary: Object.fromEntries(fields), facts: {}, differences: joined.differences };
	}
	const file = await storeJoined(context.helpers, files, joined, fileName, signal);
	return {
		binary: { [binaryField]: file },
		facts: {
			video_duration: Math.round(joined.seconds * 1000) / 1000,
			video_width: joined.width,
			video_height: joined.height,
		},
		clipSeconds: joined.clips.map(({ seconds }) => seconds),
	};
}

/** The same source, whose errors name the file and the clip: n8n's own say only `File not found`. */
function namingSource(source: ClipSource, file: IBinaryData, clipIndex: number): ClipSource {
	const named = (error: unknown): unknown =>
		isBugOfNode(error) ? error : unreadableError(file, clipIndex);
	return {
		open: async () => {
			const chunks = await source.open().catch((error: unknown) => {
				throw named(error);
			});
			return (async function* () {
				try {
					yield* chunks;
				} catch (error) {
					throw named(error);
				}
			})();
		},
	};
}

function unreadableError({ fileName }: IBinaryData, clipIndex: number): UserError {
	const name = redact(fileName ?? 'unnamed');
	return new UserError(
		`Clip ${clipIndex + 1} cannot be joined: n8n can no longer read its file "${name}"`,
		{
			advice:
				'Run the node that outputs the file again. n8n deletes stored files together with their execution. Nothing was charged for joining.',
			clipIndex,
		},
	);
}

/** Everything else that can fail is n8n's storage, for example because its disk is full. */
function storageError(error: unknown): UserError {
	const { code, message } = networkFault(error);
	return new UserError(`n8n could not store the joined video (${code ?? message})`, {
		advice:
			'Check the free space and the permissions of the storage of n8n. Nothing was charged for joining.',
	});
}

function joinError({ clipIndex, message }: Mp4Error): UserError {
	const clip = clipIndex === undefined ? 'A clip' : `Clip ${clipIndex + 1}`;
	return new UserError(`${clip} cannot be joined: ${message}`, {
		advice:
			'Check that each clip is an MP4 video with H.264 and AAC. Nothing was charged for joining.',
		clipIndex,
	});
}
