import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import ffmpeg from '@ffmpeg-installer/ffmpeg';
import pLimit from 'p-limit';

const execute = promisify(execFile);

/** An ffmpeg takes all cores it gets; more of them at once make each slower, and gain nothing. */
const RUNS_AT_ONCE = 2;
const oneOfFew = pLimit(RUNS_AT_ONCE);

/**
 * Runs ffmpeg with the arguments; an existing target is replaced. Waits while others run.
 *
 * @throws with what ffmpeg complained of; an AbortError where the signal came first
 */
export async function runFfmpeg(args: string[], signal?: AbortSignal): Promise<void> {
	await oneOfFew(async () => {
		signal?.throwIfAborted();
		await execute(ffmpeg.path, ['-hide_banner', '-loglevel', 'error', '-y', ...args], { signal });
	});
}
