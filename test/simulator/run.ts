import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import ffmpeg from '@ffmpeg-installer/ffmpeg';
import pLimit from 'p-limit';

const execute = promisify(execFile);

/** One ffmpeg process uses all available cores, so running more at once gains nothing. */
const RUNS_AT_ONCE = 2;
const oneOfFew = pLimit(RUNS_AT_ONCE);

/**
 * Runs ffmpeg with the arguments; an existing target is replaced. Waits while others run.
 *
 * @throws with ffmpeg's error output; an AbortError if the signal aborted first
 */
export async function runFfmpeg(args: string[], signal?: AbortSignal): Promise<void> {
	await oneOfFew(async () => {
		signal?.throwIfAborted();
		await execute(ffmpeg.path, ['-hide_banner', '-loglevel', 'error', '-y', ...args], { signal });
	});
}
