import { execFile } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { promisify } from 'node:util';
import ffprobe from '@ffprobe-installer/ffprobe';

const execute = promisify(execFile);

/** The lines for all packets of five minutes of sound are far shorter. */
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

export interface MediaProbe {
	seconds: number;
	/** Names of the codecs of its streams, for example `h264` and `aac`. */
	codecs: string[];
	/** ffprobe's name for the container, for example `mp3` or `mov,mp4,m4a,3gp,3g2,mj2`. */
	format: string;
}

/**
 * Reads a media file with ffprobe.
 *
 * @throws if ffprobe cannot read it
 */
export async function probe(file: string): Promise<MediaProbe> {
	const values = await valuesOf(file, ['stream=codec_name:format=duration,format_name']);
	return {
		seconds: Number(values('duration')[0]),
		codecs: values('codec_name'),
		format: values('format_name')[0] ?? '',
	};
}

/**
 * Seconds of sound in a file, counted packet by packet: files without a table of contents (AAC,
 * MP3) do not contain their length, and ffprobe's guess from the bit rate may be far off.
 *
 * @throws if ffprobe cannot read it
 */
export async function soundSeconds(file: string): Promise<number> {
	const values = await valuesOf(file, ['packet=duration_time', '-select_streams', 'a:0']);
	return values('duration_time').reduce((sum, seconds) => sum + (Number(seconds) || 0), 0);
}

async function valuesOf(
	file: string,
	[entries = '', ...more]: string[],
): Promise<(key: string) => string[]> {
	// The package sets this bit in an install script, but install scripts are disabled here (.npmrc).
	chmodSync(ffprobe.path, 0o755);
	const args = ['-v', 'error', '-show_entries', entries, ...more, '-of', 'default=nw=1', file];
	const { stdout } = await execute(ffprobe.path, args, { maxBuffer: MAX_OUTPUT_BYTES });
	return (key) =>
		[...stdout.matchAll(new RegExp(`^${key}=(.+)$`, 'gm'))].map((match) => match[1] ?? '');
}
