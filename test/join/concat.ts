import { writeFileSync } from 'node:fs';

import { runFfmpeg } from '../simulator/run';

/** Joins files as ffmpeg does, without encoding. */
export async function concatByFfmpeg(files: string[], target: string): Promise<void> {
	const list = `${target}.txt`;
	writeFileSync(list, files.map((file) => `file '${file}'\n`).join(''));
	await runFfmpeg(['-f', 'concat', '-safe', '0', '-i', list, '-c', 'copy', target]);
}
