import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { IBinaryData, INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { chainOf, klingNode, runWorkflow, type RunResult } from '../harness';
import { fileField } from '../harness/binary';
import type { BinaryMode } from '../harness/types';
import { decode } from '../join/decode';
import { Clips, type ClipSpec } from '../join/makeClip';
import { NODE } from './setup';

const folder = mkdtempSync(path.join(tmpdir(), 'kling-join-'));
const clips = new Clips();
let files: IBinaryData[];

async function clip(spec: ClipSpec, name: string): Promise<IBinaryData> {
	return fileField(readFileSync(await clips.make(spec)), name, 'video/mp4');
}

beforeAll(async () => {
	files = await Promise.all([
		clip({ seconds: 0.9, fps: 25, fastStart: true }, 'first.mp4'),
		clip({ seconds: 0.7, fps: 30, bFrames: 2, timescale: 600 }, 'second.mp4'),
		clip({ seconds: 1.1, fps: 24, bFrames: 3, timescale: 90_000 }, 'third.mp4'),
	]);
});
afterAll(() => {
	clips.remove();
	rmSync(folder, { recursive: true });
});

interface JoinSettings {
	items?: INodeExecutionData[];
	parameters?: INodeParameters;
	node?: Partial<INode>;
	binaryMode?: BinaryMode;
}

/** Joins without a credential: the node has none. */
async function join(settings: JoinSettings = {}): Promise<RunResult> {
	const { items = files.map((data) => ({ json: {}, binary: { data } })) } = settings;
	const parameters = { resource: 'video', operation: 'join', ...settings.parameters };
	const node = klingNode(parameters, { credentials: undefined, ...settings.node });
	return await runWorkflow({
		workflow: chainOf(node),
		input: items,
		binaryMode: settings.binaryMode ?? 'filesystem',
	});
}

test.each(['default', 'filesystem'] as const)(
	'three clips become one item with one video in input order, without a credential (%s)',
	async (binaryMode) => {
		const result = await join({ binaryMode, parameters: { options: { fileName: 'show' } } });
		expect(result.error?.message).toBeUndefined();
		const items = result.items(NODE);
		expect(items).toHaveLength(1);
		expect(items[0]?.json).toEqual({
			clips: 3,
			video_duration: items[0]?.json.video_duration,
			video_width: 160,
			video_height: 120,
		});
		expect(items[0]?.json.video_duration).toBeCloseTo(2.7, 0);
		expect(items[0]?.pairedItem).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		const file = items[0]?.binary?.data;
		expect(file).toMatchObject({ fileName: 'show.mp4', mimeType: 'video/mp4' });
		const target = path.join(folder, `${binaryMode}.mp4`);
		await writeFile(target, await result.bytes(file));
		const joined = await decode(target);
		const pictures: string[] = [];
		for (const [index, source] of files.entries()) {
			const single = path.join(folder, `${index}.mp4`);
			await writeFile(single, Buffer.from(source.data, 'base64'));
			pictures.push(...(await decode(single)).pictures.map(({ hash }) => hash));
		}
		expect(joined.pictures.map(({ hash }) => hash)).toEqual(pictures);
	},
);

test('joins files where previous nodes stored them', async () => {
	const first = klingNode(
		{ resource: 'video', operation: 'join' },
		{ name: 'Join First', credentials: undefined },
	);
	const second = klingNode(
		{ resource: 'video', operation: 'join', binaryPropertyOutput: 'video' },
		{ name: 'Join Again', credentials: undefined },
	);
	const result = await runWorkflow({
		workflow: chainOf(first, second),
		// Use clips with the same settings, because a file joined from different clips cannot be
		// joined again.
		input: [files[0], files[0]].map((data) => ({ json: {}, ...(data && { binary: { data } }) })),
		binaryMode: 'filesystem',
	});
	expect(result.error?.message).toBeUndefined();
	expect(result.items('Join First')[0]?.binary?.data?.id).toMatch(/^filesystem/);
	expect(result.items('Join Again')[0]?.json).toMatchObject({ clips: 1, video_width: 160 });
	expect(Object.keys(result.items('Join Again')[0]?.binary ?? {})).toEqual(['video']);
});

describe('what cannot be joined', () => {
	test('rejects clips that differ, and lists the differences', async () => {
		const small = await clip({ seconds: 0.5, size: '80x60', audio: { channels: 2 } }, 'small.mp4');
		const items = [...files.slice(0, 2), small].map((data) => ({ json: {}, binary: { data } }));
		const result = await join({ items });
		expect(result.error?.message).toBe(
			'The clips cannot be joined: picture size: 160 × 120 pixels (clips 1, 2), 80 × 60 pixels (clip 3); audio channels: mono (clips 1, 2), stereo (clip 3)',
		);
	});

	test('the error names an item without a file', async () => {
		const [data] = files;
		const items = [{ json: {}, ...(data && { binary: { data } }) }, { json: {} }];
		const result = await join({ items });
		expect(result.error?.message).toContain(
			'refers to the field "data", which does not contain a file',
		);
		expect(result.error?.context?.itemIndex).toBe(1);
	});

	test('the error for a file that is not a video names its clip and its item', async () => {
		const [data] = files;
		const text = fileField(Buffer.from('This is a text.'), 'note.txt', 'text/plain');
		const items = [data, text].map((file) => ({
			json: {},
			...(file && { binary: { data: file } }),
		}));
		const result = await join({ items });
		expect(result.error?.message).toMatch(/^Clip 2 cannot be joined: /);
		expect(result.error?.context?.itemIndex).toBe(1);
	});

	test('the error for a stored file that is gone names the file and its item', async () => {
		const gone = {
			data: 'filesystem-v2',
			id: 'filesystem-v2:workflows/w/executions/1/binary_data/gone',
			mimeType: 'video/mp4',
			fileName: 'gone.mp4',
		};
		const items = [files[0], gone].map((data) => ({ json: {}, ...(data && { binary: { data } }) }));
		const result = await join({ items });
		expect(result.error?.message).toBe(
			'Clip 2 cannot be joined: n8n can no longer read its file "gone.mp4"',
		);
		expect(result.error?.description).toMatch(/^Run the node that outputs the file again\./);
		expect(result.error?.context?.itemIndex).toBe(1);
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'with %s, the error is returned as an item',
		async (onError) => {
			const result = await join({ items: [{ json: { id: 7 } }], node: { onError } });
			expect(result.status).toBe('success');
			const [item] = result.items(NODE, onError === 'continueErrorOutput' ? 1 : 0);
			expect(item?.json.id).toBe(7);
			expect(item?.json.error).toContain('does not contain a file');
		},
	);
});
