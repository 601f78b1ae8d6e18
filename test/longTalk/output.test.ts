import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { decode } from '../join/decode';
import type { Simulator } from '../simulator';
import { readSrt } from '../talk/readSrt';
import { clipsOf, LONG_TEXT, NODE, paidFor, runTalk, shortSeconds, talkService } from './setup';

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
	expect(clips[0]).toEqual({
		task_id: expect.stringMatching(/^\d+$/),
		external_task_id: expect.stringMatching(/^n8n-/),
		audio_id: expect.stringMatching(/^audio-/),
		text: expect.any(String),
		audio_duration: expect.any(Number),
		video_url: expect.stringContaining('/files/'),
		video_duration: expect.any(Number),
		task_status: 'succeed',
	});
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
		const response = await fetch(String(video_url));
		const bytes = Buffer.from(await response.arrayBuffer());
		const clip = await decode(await save(`clip-${index}.mp4`, bytes));
		borders.push(pictures.length);
		pictures.push(...clip.pictures.map(({ hash }) => hash));
	}
	expect(joined.pictures.map(({ hash }) => hash)).toEqual(pictures);
	// Each clip has its own mark, so a wrong order would not go unnoticed.
	expect(new Set(pictures).size).toBeGreaterThanOrEqual(clips.length);

	const seconds = clips.reduce((sum, { text }) => sum + shortSeconds(String(text)), 0);
	expect(Number(item?.json.video_duration)).toBeCloseTo(seconds, 0);
	expect(joined.pictures.at(-1)?.pts).toBeLessThan(Number(item?.json.video_duration));

	const cues = readSrt(String(item?.json.captions_srt));
	expect(cues.map(({ lines }) => lines.join(' ')).join(' ')).toBe(LONG_TEXT);
	const shown = cues.map(({ startMs, lines }) => ({ startMs, text: lines.join(' ') }));
	const starts = clips.map(({ text }) => {
		const words = String(text).split(' ').slice(0, 4).join(' ');
		return shown.find((cue) => cue.text.startsWith(words))?.startMs;
	});
	expect(starts).toEqual(
		borders.map((index) => Math.round((joined.pictures[index]?.pts ?? 0) * 1000)),
	);
});
