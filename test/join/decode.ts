import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import ffmpeg from '@ffmpeg-installer/ffmpeg';

import { runFfmpeg } from '../simulator/run';

const execute = promisify(execFile);

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** A frame or packet as ffmpeg's `framemd5` tells it. */
export interface Unit {
	dts: number;
	pts: number;
	seconds: number;
	hash: string;
}

/** The pictures of a file as ffmpeg shows them. Any error or warning of ffmpeg is one. */
export async function pictures(file: string): Promise<Unit[]> {
	return await units(file, ['-map', '0:v', '-vsync', 'passthrough', '-enc_time_base', '-1']);
}

/** The sound of a file, decoded. */
export async function sounds(file: string): Promise<Unit[]> {
	return await units(file, ['-map', '0:a']);
}

/** The packets of sound of a file, as they are stored. */
export async function audioPackets(file: string): Promise<Unit[]> {
	return await units(file, ['-map', '0:a', '-c', 'copy']);
}

/** The packets of video of a file, as they are stored. */
export async function videoPackets(file: string): Promise<Unit[]> {
	return await units(file, ['-map', '0:v', '-c', 'copy']);
}

async function units(file: string, args: string[]): Promise<Unit[]> {
	const { stdout, stderr } = await execute(
		ffmpeg.path,
		['-v', 'warning', '-xerror', '-i', file, ...args, '-f', 'framemd5', '-'],
		{ maxBuffer: MAX_OUTPUT_BYTES },
	);
	if (stderr !== '') throw new Error(stderr);
	const lines = stdout.split('\n');
	const base = /^#tb 0: (\d+)\/(\d+)$/m.exec(stdout);
	const unit = Number(base?.[1]) / Number(base?.[2]);
	return lines
		.filter((line) => /^\d/.test(line))
		.map((line) => {
			const [, dts, pts, duration, , hash = ''] = line.split(',').map((cell) => cell.trim());
			return {
				dts: Number(dts) * unit,
				pts: Number(pts) * unit,
				seconds: Number(duration) * unit,
				hash,
			};
		});
}

export function hashes(list: Unit[]): string[] {
	return list.map(({ hash }) => hash);
}

/** Joins files as ffmpeg does. */
export async function concatByFfmpeg(files: string[], target: string): Promise<void> {
	const list = `${target}.txt`;
	writeFileSync(list, files.map((file) => `file '${file}'\n`).join(''));
	await runFfmpeg(['-f', 'concat', '-safe', '0', '-i', list, '-c', 'copy', target]);
}
