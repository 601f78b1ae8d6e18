import { createReadStream, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';

import { placeholderVideo } from '../../nodes/CometApiKling/media/join/placeholder';
import { joinFiles } from '../join/joinFiles';
import { Clips, type ClipSpec } from '../join/makeClip';
import { openBrowser, type Browser } from './editor/browser';
import { playAndSeek } from './player/playAndSeek';

const PAGE = path.join(__dirname, 'player/player.html');

const clips = new Clips();
const file = clips.samples.pathOf('joined.mp4');
let browser: Browser;
let server: Server;

beforeAll(async () => {
	server = createServer((request, response) => {
		if (request.url !== '/video.mp4') {
			response.setHeader('content-type', 'text/html').end(readFileSync(PAGE));
			return;
		}
		const { size } = statSync(file);
		const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
		const start = Number(range?.[1] ?? 0);
		const end = Number(range?.[2] || size - 1);
		response.writeHead(206, {
			'content-type': 'video/mp4',
			'accept-ranges': 'bytes',
			'content-length': end - start + 1,
			'content-range': `bytes ${start}-${end}/${size}`,
		});
		createReadStream(file, { start, end }).pipe(response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	browser = await openBrowser();
});
afterAll(async () => {
	await browser.close();
	server.close();
	clips.remove();
});

const silent: ClipSpec = { seconds: 1.1, audio: false, bFrames: 2 };
const plain: ClipSpec = { seconds: 1.13, bFrames: 2 };
const other: ClipSpec = { seconds: 0.87, fps: 30, timescale: 90_000, fastStart: true };
const stereo = { rate: 48_000, channels: 2 };

test.each([
	['clips of one kind', [plain, plain, plain]],
	['other frame rates, time scales and settings', [plain, other, { ...plain, fps: 24 }]],
	[
		'sound that is shorter and longer',
		[{ ...plain, audio: { seconds: 0.8 } }, { ...other, audio: { seconds: 1.2 } }, plain],
	],
	['clips without sound', [silent, plain, silent]],
	[
		'stereo',
		[
			{ ...plain, audio: stereo },
			{ ...other, audio: stereo },
		],
	],
	['no edit lists', [{ ...plain, extra: ['-use_editlist', '0'] }, plain]],
] satisfies Array<[string, ClipSpec[]]>)('Chromium plays and seeks: %s', async (_, specs) => {
	const files = await Promise.all(specs.map(async (spec) => await clips.make(spec)));
	const joined = await joinFiles(files, file);
	const borders = joined.clips.map(({ startSeconds }) => startSeconds);
	const longestSound = Math.max(...specs.map((spec) => soundAfterPictures(spec)));
	await expectPlayable(joined.seconds, { width: 160, height: 120 }, borders, 0.1 + longestSound);
});

test('Chromium plays the placeholder', async () => {
	writeFileSync(file, placeholderVideo(3.4, { width: 512, height: 640 }));
	await expectPlayable(3.4, { width: 512, height: 640 }, [1, 2], 1.05);
});

/** How long a clip's sound continues after its last picture, in seconds. */
function soundAfterPictures({ seconds, audio }: ClipSpec): number {
	return audio ? Math.max(0, (audio.seconds ?? seconds) - seconds) : 0;
}

async function expectPlayable(
	seconds: number,
	size: { width: number; height: number },
	borders: number[],
	maxOffSeconds: number,
): Promise<void> {
	const address = server.address();
	if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
	await browser.page.goto(`http://127.0.0.1:${address.port}/`);
	const around = borders.flatMap((border) => [border - 0.1, border + 0.05]);
	const times = around.filter((time) => time >= 0 && time < seconds);
	const result = await playAndSeek(browser.page, '/video.mp4', times);
	expect(result).toMatchObject({ ...size, hasEnded: true });
	expect(Math.abs(result.seconds - seconds)).toBeLessThan(0.05);
	// At a clip border, a picture can last up to two audio frames longer.
	result.shown.forEach((shown, index) => {
		expect(Math.abs(shown - (times[index] ?? NaN))).toBeLessThan(maxOffSeconds);
	});
}
