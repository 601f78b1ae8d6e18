import { readFileSync, writeFileSync } from 'node:fs';

import { fileField } from '../harness/binary';
import { decode, hashes } from './decode';
import { JoinEngine } from './engine';
import { Clips } from './makeClip';

const clips = new Clips();
const engine = new JoinEngine();
let files: string[];
let frames: string[];

beforeAll(async () => {
	files = [
		await clips.make({ seconds: 1.3, bFrames: 2 }),
		await clips.make({ seconds: 0.9, fastStart: true }),
	];
	frames = (await Promise.all(files.map(decode))).flatMap(({ pictures }) => hashes(pictures));
});
afterAll(() => {
	engine.stop();
	clips.remove();
});

test("joins clips in n8n's storage into one stored video", async () => {
	const result = await engine.join(await engine.itemsWith(files), 'filesystem');
	const [item] = result.items('Join');
	const file = item?.binary?.data;
	expect(file).toMatchObject({
		fileName: 'talk.mp4',
		mimeType: 'video/mp4',
		data: 'filesystem-v2',
	});
	await expectFrames(await result.bytes(file), item?.json.bytes);
});

test('joins clips in memory into one video in memory', async () => {
	const input = files.map((file) => ({
		json: {},
		binary: { data: fileField(readFileSync(file), 'clip.mp4', 'video/mp4') },
	}));
	const result = await engine.join(input, 'default');
	const [item] = result.items('Join');
	expect(item?.binary?.data?.id).toBeUndefined();
	await expectFrames(await result.bytes(item?.binary?.data), item?.json.bytes);
});

test("a truncated clip in n8n's storage fails the execution with the reason", async () => {
	const cut = clips.samples.pathOf('cut.mp4');
	const [first = '', second = ''] = files;
	writeFileSync(cut, readFileSync(second).subarray(0, -2_000));
	const result = await engine.join(await engine.itemsWith([first, cut]), 'filesystem');
	expect(result.error?.message).toBe('The MP4 file is incomplete: it ends before its data does.');
});

async function expectFrames(bytes: Buffer, expectedBytes: unknown): Promise<void> {
	expect(bytes).toHaveLength(Number(expectedBytes));
	const file = clips.samples.pathOf('joined.mp4');
	writeFileSync(file, bytes);
	expect(hashes((await decode(file)).pictures)).toEqual(frames);
}
