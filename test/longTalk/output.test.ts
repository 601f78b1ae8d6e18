import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { decode } from '../join/decode';
import type { Simulator } from '../simulator';
import { readSrt } from '../talk/readSrt';
import {
	clipsOf,
	LONG_TEXT,
	TWO_PARTS,
	NODE,
	paidFor,
	runTalk,
	srtOf,
	shortSeconds,
	talkService,
} from './setup';

const folder = mkdtempSync(path.join(tmpdir(), 'kling-talk-'));
let simulator: Simulator;

beforeAll(async () => (simulator = await talkService({ media: 'real' })));
afterAll(async () => {
	await simulator.stop();
	rmSync(folder, { recursive: true });
});
beforeEach(() => simulator.reset());

async function save(name: string, bytes: Buffer): Promise<string> {
	const file = path.join(folder, name);
	await writeFile(file, bytes);
	return file;
}

test('a text of 3,000 characters becomes one item with one video of all clips in order', async () => {
	const result = await runTalk(simulator, { options: { captions: true, fileName: 'talk.mp4' } });

	expect(result.error?.message).toBeUndefined();
	const items = result.items(NODE);
	expect(items).toHaveLength(1);
	const [item] = items;
	const clips = clipsOf(item);
	expect(clips.length).toBeGreaterThan(3);
	expect(paidFor(simulator)).toEqual({ speech: clips.length, avatar: clips.length });
	expect(clips.map(({ text }) => text).join(' ')).toBe(LONG_TEXT);
	expect(Object.keys(clips[0] ?? {})).toEqual([
		...['task_id', 'external_task_id', 'audio_id', 'text', 'audio_duration'],
		...['video_url', 'video_duration', 'task_status'],
	]);
	expect(new Set(clips.map(({ task_id }) => task_id)).size).toBe(clips.length);
	expect(item?.json).toMatchObject({ task_id: clips[0]?.task_id, task_status: 'succeed' });
	expect(item?.json).not.toHaveProperty('video_url');
	expect(item?.json).toMatchObject({ video_width: 384, video_height: 480 });
	expect(item?.pairedItem).toEqual({ item: 0 });

	const file = item?.binary?.data;
	expect(file).toMatchObject({ fileName: 'talk.mp4', mimeType: 'video/mp4' });
	const joined = await decode(await save('talk.mp4', await result.bytes(file)));
	const pictures: string[] = [];
	const borders: number[] = [];
	for (const [index, { video_url }] of clips.entries()) {
		const response = await fetch(video_url);
		const bytes = Buffer.from(await response.arrayBuffer());
		const clip = await decode(await save(`clip-${index}.mp4`, bytes));
		borders.push(pictures.length);
		pictures.push(...clip.pictures.map(({ hash }) => hash));
	}
	expect(joined.pictures.map(({ hash }) => hash)).toEqual(pictures);
	// Each clip has its own color mark, so that a wrong order is detected.
	expect(new Set(pictures).size).toBeGreaterThanOrEqual(clips.length);

	const seconds = clips.reduce((sum, { text }) => sum + shortSeconds(text), 0);
	expect(Number(item?.json.video_duration)).toBeCloseTo(seconds, 0);
	expect(joined.pictures.at(-1)?.pts).toBeLessThan(Number(item?.json.video_duration));

	const cues = readSrt(srtOf(item));
	expect(cues.map(({ lines }) => lines.join(' ')).join(' ')).toBe(LONG_TEXT);
	const shown = cues.map(({ startMs, lines }) => ({ startMs, text: lines.join(' ') }));
	let earliest = 0;
	const starts = clips.map(({ text }) => {
		// The text repeats itself, so each clip is searched for after the previous one.
		const words = text.split(' ').slice(0, 4).join(' ');
		const cue = shown.find((one) => one.startMs >= earliest && one.text.startsWith(words));
		earliest = (cue?.startMs ?? 0) + 1;
		return cue?.startMs;
	});
	expect(starts).toEqual(
		borders.map((index) => Math.round((joined.pictures[index]?.pts ?? 0) * 1000)),
	);
});

test('without a download, the item contains only the list of clips', async () => {
	const result = await runTalk(simulator, { parameters: { downloadVideo: false } });
	const [item] = result.items(NODE);
	expect(item?.binary).toBeUndefined();
	expect(item?.json).not.toHaveProperty('video_width');
	const clips = clipsOf(item);
	expect(clips.every(({ video_url }) => video_url.startsWith('http'))).toBe(true);
	const seconds = clips.reduce((sum, { video_duration }) => sum + Number(video_duration), 0);
	expect(item?.json.video_duration).toBeCloseTo(seconds, 2);
});

test("with Simplify off, the clips are the API's own task objects", async () => {
	const parameters = { simplify: false, downloadVideo: false };
	const [item] = (await runTalk(simulator, { parameters })).items(NODE);
	const [first] = clipsOf(item);
	expect(Object.keys(item?.json ?? {})).toEqual(['task_id', 'clips']);
	expect(first).toMatchObject({ task_id: item?.json.task_id, task_result: { videos: [{}] } });
});

test('input fields are included, and the fields of the talk take precedence', async () => {
	const input = [{ json: { title: 'Episode 1', task_id: 'theirs' } }];
	const options = { includeInputFields: true };
	const parameters = { downloadVideo: false };
	const result = await runTalk(simulator, { options, parameters, run: { input } });
	const [item] = result.items(NODE);
	expect(item?.json).toMatchObject({ title: 'Episode 1', task_id: clipsOf(item)[0]?.task_id });
});

test('the External Task ID is used for the first clip', async () => {
	const options = { externalTaskId: 'episode-1' };
	const [item] = (await runTalk(simulator, { options })).items(NODE);
	const ids = clipsOf(item).map(({ external_task_id }) => external_task_id);
	expect(item?.json.external_task_id).toBe('episode-1');
	expect(ids[0]).toBe('episode-1');
	expect(ids.slice(1).every((id) => /^n8n-/.test(id))).toBe(true);
});

test('the item of a text that fits into one clip has captions and the video size, but no clips', async () => {
	const text = 'Hello and welcome to the show. We have a lot to talk about today!';
	const [item] = (await runTalk(simulator, { text, options: { captions: true } })).items(NODE);
	expect(item?.json).not.toHaveProperty('clips');
	expect(item?.json).toMatchObject({ video_width: 384, video_height: 480 });
	const cues = readSrt(srtOf(item));
	expect(cues.map(({ lines }) => lines.join(' ')).join(' ')).toBe(text);
	expect(cues[0]?.startMs).toBe(0);
	expect(cues.at(-1)?.endMs).toBe(Math.round(Number(item?.json.video_duration) * 1000));
});

describe('clips that cannot be joined', () => {
	beforeEach(() =>
		simulator.configure({ clipStyle: (order) => ({ channels: order % 2 === 0 ? 1 : 2 }) }),
	);

	test('are returned as separate files with different names, and a hint says why', async () => {
		const text = TWO_PARTS;
		const result = await runTalk(simulator, { text, options: { fileName: 'talk.mp4' } });
		const [item] = result.items(NODE);
		const names = Object.values(item?.binary ?? {}).map(({ fileName }) => fileName);
		expect(Object.keys(item?.binary ?? {})).toEqual(['data', 'data_2']);
		expect(names).toEqual(['talk-1.mp4', 'talk-2.mp4']);
		const hints = result.data.resultData.runData[NODE]?.[0]?.hints ?? [];
		expect(hints.map(({ message }) => message).join()).toContain(
			'Item 0: the clips are output as separate files because they cannot be joined without encoding them again: audio channels: mono (clip 1), stereo (clip 2).',
		);
	});
});
