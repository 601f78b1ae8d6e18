import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import ffmpeg from '@ffmpeg-installer/ffmpeg';

const execute = promisify(execFile);

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** A frame or packet as ffmpeg's `framemd5` reports it; times are in seconds. */
export interface Unit {
	dts: number;
	pts: number;
	seconds: number;
	hash: string;
}

/** What ffmpeg finds in a file. */
export interface Decoded {
	/** The pictures that it shows. */
	pictures: Unit[];
	/** The packets of sound as they are stored. */
	packets: Unit[];
	/** The sound that it plays. */
	sounds: Unit[];
}

const AUDIO = ['-map', '0:a?', '-c:a:0', 'copy', '-map', '0:a?'];

/** Decodes a file in one pass. @throws if ffmpeg reports any error or warning */
export async function decode(file: string): Promise<Decoded> {
	const { stdout, stderr } = await execute(
		ffmpeg.path,
		[
			...['-v', 'warning', '-xerror', '-i', file],
			...['-map', '0:v', '-vsync', 'passthrough', '-enc_time_base', '-1'],
			...[...AUDIO, '-f', 'framemd5', '-'],
		],
		{ maxBuffer: MAX_OUTPUT_BYTES },
	);
	if (stderr !== '') throw new Error(stderr);
	return {
		pictures: unitsOf(stdout, 0),
		packets: unitsOf(stdout, 1),
		sounds: unitsOf(stdout, 2),
	};
}

function unitsOf(output: string, stream: number): Unit[] {
	const base = new RegExp(`^#tb ${stream}: (\\d+)/(\\d+)$`, 'm').exec(output);
	const unit = Number(base?.[1]) / Number(base?.[2]);
	const units = output.split('\n').flatMap((line): Unit[] => {
		const [index, dts, pts, duration, , hash = ''] = line.split(',').map((cell) => cell.trim());
		if (index !== String(stream)) return [];
		return [
			{ dts: Number(dts) * unit, pts: Number(pts) * unit, seconds: Number(duration) * unit, hash },
		];
	});
	return units;
}

export function hashes(list: Unit[]): string[] {
	return list.map(({ hash }) => hash);
}
