import { readFileSync, writeFileSync } from 'node:fs';

import { joinClips } from '../../nodes/CometApiKling/media/join/joinClips';
import { readVideoFacts } from '../../nodes/CometApiKling/media/join/read/videoFacts';
import { decode, hashes } from './decode';
import { expectInStep, expectJoined, isSilence } from './expectJoined';
import { bytesSource, fileSource, joinFiles } from './joinFiles';
import { Clips } from './makeClip';

const clips = new Clips();
afterAll(() => clips.remove());

const target = clips.samples.pathOf('joined.mp4');

it('keeps 30 clips of odd lengths in sync', async () => {
	const one = await clips.make({ seconds: 0.93, bFrames: 2 });
	const other = await clips.make({ seconds: 0.71, fps: 30, timescale: 90_000 });
	const files = Array.from({ length: 30 }, (_, index) => (index % 3 === 1 ? other : one));
	const joined = await joinFiles(files, target);
	const [first, second] = await Promise.all([decode(one), decode(other)]);
	const each = files.map((file) => (file === one ? first : second));
	expectJoined(joined, await decode(target), each);
});

it('adds silence to clips without sound', async () => {
	const silent = await clips.make({ seconds: 1.3, audio: false });
	const heard = await clips.make({ seconds: 0.9 });
	const files = [silent, heard, silent];
	const joined = await joinFiles(files, target);
	const whole = await decode(target);
	const each = await Promise.all(files.map(decode));
	expectJoined(joined, whole, each);
	expect(joined.hasAudio).toBe(true);
	const packetSeconds = 1024 / 44_100;
	const silentPackets = whole.packets.filter(({ hash }) => isSilence(hash)).length;
	expect(silentPackets * packetSeconds).toBeGreaterThan(2.4);
});

it('joins clips that are all silent', async () => {
	const silent = await clips.make({ seconds: 0.7, audio: false, bFrames: 2 });
	const joined = await joinFiles([silent, silent], target);
	expectJoined(joined, await decode(target), [await decode(silent), await decode(silent)]);
	expect(joined).toMatchObject({ hasAudio: false, seconds: 1.44 });
});

it.each([0.4, 0.55])('hides what an edit list hides, if it starts at %d s', async (start) => {
	const whole = await clips.make({ seconds: 1.5, bFrames: 2 });
	const trimmed = await clips.remake(whole, `from ${start}.mp4`, ['-ss', `${start}`]);
	const files = [whole, trimmed, trimmed, whole];
	const joined = await joinFiles(files, target);
	const [result, ...each] = await Promise.all([target, ...files].map(decode));
	if (!result) throw new Error('Nothing was decoded.');
	expect(hashes(result.pictures)).toEqual(each.flatMap(({ pictures }) => hashes(pictures)));
	// ffmpeg itself is up to two pictures off after an edit that does not start at a keyframe.
	const pictures = each.map((clip) => ({ ...clip, packets: [] }));
	expectInStep(joined, result.pictures, [], pictures, 0.081);
});

it('keeps sound that starts late in sync', async () => {
	const plain = await clips.make({ seconds: 0.9 });
	const late = clips.samples.pathOf('late.mp4');
	await clips.samples.make(
		'late.mp4',
		...['-i', plain, '-itsoffset', '0.3', '-i', plain, '-map', '0:v', '-map', '1:a', '-c', 'copy'],
	);
	const files = [plain, late, late];
	const joined = await joinFiles(files, target);
	expectJoined(joined, await decode(target), await Promise.all(files.map(decode)));
	const lateFirst = await joinFiles([late, plain], target);
	const each = [await decode(late), await decode(plain)];
	expectJoined(lateFirst, await decode(target), each);
});

it('joins videos that it has joined before', async () => {
	const clip = await clips.make({ seconds: 0.8, bFrames: 2 });
	await joinFiles([clip, clip], clips.samples.pathOf('twice.mp4'));
	const files = [clips.samples.pathOf('twice.mp4'), clip];
	const joined = await joinFiles(files, target);
	const each = await Promise.all(files.map(decode));
	expect(hashes((await decode(target)).pictures)).toEqual(
		each.flatMap(({ pictures }) => hashes(pictures)),
	);
	expect(joined.clips).toHaveLength(2);
});

it('reads media data with a 64-bit size', async () => {
	const clip = await clips.make({ seconds: 0.8, fastStart: false });
	const bytes = readFileSync(clip);
	const media = bytes.indexOf('mdat') - 4;
	// ffmpeg leaves a box of eight bytes before the media data for this purpose.
	expect(bytes.toString('latin1', media - 4, media)).toBe('free');
	const size = bytes.readUInt32BE(media);
	bytes.writeUInt32BE(1, media - 8);
	bytes.write('mdat', media - 4, 'latin1');
	bytes.writeBigUInt64BE(BigInt(size + 8), media);
	const large = clips.samples.pathOf('large.mp4');
	writeFileSync(large, bytes);
	const joined = await joinFiles([clip, large], target);
	expectJoined(joined, await decode(target), [await decode(clip), await decode(clip)]);
});

it('names the difference that prevents joining', async () => {
	const files = [
		await clips.make({ seconds: 0.7 }),
		await clips.make({ seconds: 0.7, size: '128x96', audio: { channels: 2, rate: 48_000 } }),
	];
	expect(await joinClips(files.map(fileSource))).toEqual({
		kind: 'incompatible',
		differences: [
			'picture size: 160 × 120 pixels (clip 1), 128 × 96 pixels (clip 2)',
			'audio sample rate: 44100 Hz (clip 1), 48000 Hz (clip 2)',
			'audio channels: mono (clip 1), stereo (clip 2)',
		],
	});
});

it.each([
	[
		'HEVC',
		['-c:v', 'libx265', '-x265-params', 'log-level=none'],
		"The video is not H.264: its format is 'hev1'. Convert it to H.264.",
	],
	[
		'MP3',
		['-c:a', 'libmp3lame'],
		'The audio is not AAC: it is in another MPEG format. Convert it to AAC.',
	],
	[
		'fragments',
		['-movflags', 'frag_keyframe+empty_moov'],
		'The MP4 file is fragmented, so it cannot be joined. Export it as a regular MP4 file.',
	],
	['no video', ['-vn'], 'The MP4 file contains no video.'],
])('rejects a clip with %s, and the error names it', async (_, extra, message) => {
	const files = [await clips.make({ seconds: 0.7 }), await clips.make({ seconds: 0.7, extra })];
	await expect(joinClips(files.map(fileSource))).rejects.toMatchObject({
		name: 'Mp4Error',
		message,
		clipIndex: 1,
	});
});

it.each([Buffer.alloc(0), Buffer.from('RIFF, not MP4'), Buffer.from('\0\0\0\x08free', 'latin1')])(
	'rejects %j',
	async (bytes) => {
		await expect(joinClips([bytesSource(bytes)])).rejects.toMatchObject({ name: 'Mp4Error' });
	},
);

it('reads only the header of a clip whose header comes first', async () => {
	const bytes = readFileSync(await clips.make({ seconds: 1.5, fastStart: true }));
	let read = 0;
	const source = bytesSource(bytes, 100);
	const counting = {
		open: async () =>
			(async function* () {
				for await (const chunk of await source.open()) {
					read += chunk.length;
					yield chunk;
				}
			})(),
	};
	expect(await readVideoFacts(counting)).toEqual({ width: 160, height: 120 });
	expect(read).toBeLessThan(bytes.indexOf('mdat') + 100);
});

it('returns no facts for files that are not videos', async () => {
	expect(await readVideoFacts(bytesSource(Buffer.from('<html>')))).toBeUndefined();
});
