import type { IBinaryData, IDataObject } from 'n8n-workflow';

import { UserError } from '../kling/errors/userError';
import { joinClips } from '../media/join/joinClips';
import { Mp4Error } from '../media/join/read/mp4Error';
import type { ApiContext } from '../transport/apiRequest';
import { clipSource, storeJoined } from '../transport/download/joinedStream';

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
 * @throws UserError that names the clip if one of them cannot be read
 */
export async function joinFiles(
	context: ApiContext,
	files: IBinaryData[],
	settings: JoinSettings,
): Promise<JoinedFiles> {
	return await join(context, files, settings).catch((error: unknown) => {
		throw error instanceof Mp4Error ? joinError(error) : error;
	});
}

async function join(
	context: ApiContext,
	files: IBinaryData[],
	{ binaryField, fileName, signal }: JoinSettings,
): Promise<JoinedFiles> {
	const sources = files.map((file) => clipSource(context.helpers, file));
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

function joinError({ clipIndex, message }: Mp4Error): UserError {
	const clip = clipIndex === undefined ? 'A clip' : `Clip ${clipIndex + 1}`;
	return new UserError(`${clip} cannot be joined: ${message}`, {
		advice:
			'Check that each clip is an MP4 video with H.264 and AAC. Nothing was charged for joining.',
		clipIndex,
	});
}
