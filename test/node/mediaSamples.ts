import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { runFfmpeg } from '../simulator/run';

interface BadFile {
	what: string;
	bytes: Buffer;
	says: RegExp;
}

export interface MediaSamples {
	badImages: BadFile[];
	badAudios: BadFile[];
}

const TOO_MANY_IMAGE_BYTES = 10 * 1024 * 1024 + 1;
const TOO_MANY_AUDIO_BYTES = 5 * 1024 * 1024 + 1;

/** Real files that break one rule each, made with ffmpeg. */
export async function makeMediaSamples(): Promise<MediaSamples> {
	const folder = mkdtempSync(path.join(tmpdir(), 'kling-bad-media-'));
	const make = async (name: string, args: string[]): Promise<Buffer> => {
		const file = path.join(folder, name);
		await runFfmpeg([...args, file]);
		return readFileSync(file);
	};
	const picture = async (name: string, size: string): Promise<Buffer> =>
		await make(name, ['-f', 'lavfi', '-i', `color=red:s=${size}`, '-frames:v', '1']);
	const tone = async (name: string, seconds: number, more: string[] = []): Promise<Buffer> =>
		await make(name, ['-f', 'lavfi', '-i', `sine=d=${seconds}`, ...more]);
	try {
		const png = await picture('good.png', '400x400');
		const jpg = await picture('good.jpg', '400x400');
		const video = await make('video.mp4', [
			'-f',
			'lavfi',
			'-i',
			'color=red:s=320x320:d=3',
			'-pix_fmt',
			'yuv420p',
		]);
		return {
			badImages: [
				file('an empty image', Buffer.alloc(0), /empty/),
				file('a GIF', await picture('a.gif', '400x400'), /GIF.*Convert/),
				file('a BMP', await picture('a.bmp', '400x400'), /BMP.*Convert/),
				file(
					'an image of 298 pixels',
					await picture('small.png', '298x400'),
					/298 x 400.*at least 300/,
				),
				file('an image that is too wide', await picture('wide.jpg', '1002x400'), /1002 x 400/),
				file('an image that is too tall', await picture('tall.png', '400x1002'), /400 x 1002/),
				file('a truncated PNG', png.subarray(0, 20), /damaged|truncated/),
				file('a truncated JPG', jpg.subarray(0, 20), /damaged|truncated/),
				file(
					'an image of more than 10 MB',
					Buffer.concat([png, Buffer.alloc(TOO_MANY_IMAGE_BYTES)]),
					/10 MB/,
				),
				file('a video as an image', video, /video/),
				file('a web page as an image', Buffer.from('<!DOCTYPE html><html></html>'), /web page/),
				file('text as an image', Buffer.from('just a few words'), /text/),
			],
			badAudios: [
				file('empty audio', Buffer.alloc(0), /empty/),
				file('an Ogg file', await tone('a.ogg', 3), /Ogg.*Convert/is),
				file('a FLAC file', await tone('a.flac', 3), /FLAC.*Convert/is),
				file('audio of 1.5 seconds', await tone('short.wav', 1.5), /1\.5 s.*at least 2/),
				file('an MP3 of 1 second', await tone('short.mp3', 1), /at least 2/),
				file('audio of 301 seconds', await tone('long.mp3', 301, ['-b:a', '32k']), /up to 300/),
				file(
					'audio of more than 5 MB',
					Buffer.concat([await tone('big.wav', 3), Buffer.alloc(TOO_MANY_AUDIO_BYTES)]),
					/5 MB/,
				),
				file('a video as audio', video, /without an audio track/),
				file('a picture as audio', png, /PNG|image/),
				file(
					'a truncated WAV',
					(await tone('cut.wav', 3)).subarray(0, 30),
					/length|damaged|truncated/,
				),
			],
		};
	} finally {
		rmSync(folder, { recursive: true });
	}
}

function file(what: string, bytes: Buffer, says: RegExp): BadFile {
	return { what, bytes, says };
}
