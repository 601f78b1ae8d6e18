import { readFileSync } from 'node:fs';
import type { INodeExecutionData } from 'n8n-workflow';

import { fileField, itemsOf } from '../../harness';
import { sampleFile } from '../../simulator/sampleMedia';
import { like } from '../../support/matchers';
import { AUDIO_URL, Bench, IMAGE_URL, NODE, SOON } from './bench';
import { expectFile, ISO_TIME, itemOf, rawTask } from './outputs';

const bench = new Bench('avatar');

beforeAll(async () => await bench.start());
beforeEach(() => bench.reset());
afterAll(async () => await bench.stop());

const NEUTRAL_PROMPT = 'The person speaks naturally to the camera.';
const TEXT = 'Welcome to our show, and thank you for coming.';

/** Two links, and short poll intervals. */
const LINKS = { imageUrl: IMAGE_URL, audioSource: 'url', audioUrl: AUDIO_URL };
const LINKS_BODY = {
	image: IMAGE_URL,
	sound_file: AUDIO_URL,
	prompt: NEUTRAL_PROMPT,
	mode: 'std',
};

async function bytesOf(sample: string): Promise<Buffer> {
	return readFileSync(await sampleFile(sample));
}

describe('with nothing but an image URL and an audio ID', () => {
	const speech = { resource: 'speech', operation: 'generate', text: TEXT };
	const parameters = bench.parameters({
		imageUrl: IMAGE_URL,
		audioSource: 'audioId',
		audioId: '={{ $json.audio_id }}',
	});

	test('the defaults lead to a request, a simplified item and a file', async () => {
		const result = await bench.runAfter(speech, parameters);
		const [spoken, task] = bench.simulator.tasks;
		expect(bench.bodyOf('create')).toEqual({
			image: IMAGE_URL,
			audio_id: `audio-${spoken?.id}`,
			prompt: NEUTRAL_PROMPT,
			mode: 'std',
		});
		expect(itemOf(result).json).toEqual({
			task_id: task?.id,
			task_type: 'avatar',
			task_status: 'succeed',
			external_task_id: task?.externalTaskId,
			video_url: like(/^http:.*\.mp4$/),
			video_id: `video-${task?.id}`,
			video_duration: 4,
			video_width: 256,
			video_height: 320,
			created_at: ISO_TIME,
			updated_at: ISO_TIME,
			final_unit_deduction: '2.5',
		});
		await expectFile(result, 'data', {
			fileName: `kling-${task?.id}.mp4`,
			mimeType: 'video/mp4',
			sample: 'clip.mp4',
		});
	});
});

describe('files', () => {
	async function input(image: string, audio: string): Promise<INodeExecutionData[]> {
		const binary = {
			[image]: fileField(await bytesOf('face.png'), 'face.png', 'image/png'),
			[audio]: fileField(await bytesOf('voice.m4a'), 'voice.m4a', 'audio/mp4'),
		};
		return [{ json: {}, binary }];
	}

	async function expectBothSent(): Promise<void> {
		expect(bench.bodyOf('create')).toEqual({
			...LINKS_BODY,
			image: (await bytesOf('face.png')).toString('base64'),
			sound_file: (await bytesOf('voice.m4a')).toString('base64'),
		});
	}

	const named = bench.parameters({
		imageSource: 'binary',
		imageBinaryPropertyName: 'face',
		audioSource: 'binary',
		audioBinaryPropertyName: 'voice',
		options: SOON,
	});
	test('from binary fields of any name are sent as base64', async () => {
		itemOf(await bench.run(named, await input('face', 'voice')));
		await expectBothSent();
	});

	const imageInData = bench.parameters({
		imageSource: 'binary',
		audioSource: 'binary',
		audioBinaryPropertyName: 'voice',
		options: SOON,
	});
	const audioInData = bench.parameters({
		imageSource: 'binary',
		imageBinaryPropertyName: 'face',
		audioSource: 'binary',
		options: SOON,
	});
	test('are read from the "data" field', async () => {
		itemOf(await bench.run(imageInData, await input('data', 'voice')));
		await expectBothSent();
		bench.reset();
		itemOf(await bench.run(audioInData, await input('face', 'data')));
		await expectBothSent();
	});

	const base64 = bench.parameters({
		imageSource: 'base64',
		imageBase64: '=data:image/png;base64,{{ $json.image }}',
		audioSource: 'base64',
		audioBase64: '={{ $json.audio }}',
		options: SOON,
	});
	test('given as base64 text are sent without a prefix', async () => {
		const image = (await bytesOf('face.png')).toString('base64');
		const audio = (await bytesOf('voice.m4a')).toString('base64');
		itemOf(await bench.run(base64, itemsOf({ image, audio })));
		await expectBothSent();
	});

	const unchecked = bench.parameters({
		imageSource: 'base64',
		imageBase64: 'bm8gcGljdHVyZQ==',
		audioSource: 'url',
		audioUrl: AUDIO_URL,
		options: { ...SOON, validateMedia: false },
	});
	test('are not checked if Validate Media is off', async () => {
		bench.simulator.configure({ checkMedia: false });
		itemOf(await bench.run(unchecked));
		expect(bench.bodyOf('create')).toEqual({ ...LINKS_BODY, image: 'bm8gcGljdHVyZQ==' });
	});
});

describe('a text', () => {
	const usual = bench.parameters({
		imageUrl: IMAGE_URL,
		audioSource: 'text',
		text: TEXT,
		options: SOON,
	});
	const other = bench.parameters({
		imageUrl: IMAGE_URL,
		audioSource: 'text',
		text: TEXT,
		voice: { __rl: true, mode: 'id', value: 'zh:mengwa-v1' },
		voiceSpeed: 0.8,
		options: SOON,
	});

	test.each([
		['in the default voice', usual, ['calm_story1', 'en', 1]],
		['in a voice chosen by its ID, slowly', other, ['mengwa-v1', 'zh', 0.8]],
	])('is spoken first, %s', async (_name, parameters, [voice_id, voice_language, voice_speed]) => {
		const result = await bench.run(parameters);
		expect(bench.bodyOf('speech')).toEqual({ text: TEXT, voice_id, voice_language, voice_speed });
		const [spoken, task] = bench.simulator.tasks;
		const body = { image: IMAGE_URL, prompt: NEUTRAL_PROMPT, mode: 'std' };
		expect(bench.bodyOf('create')).toEqual({ ...body, audio_id: `audio-${spoken?.id}` });
		expect(itemOf(result).json).toMatchObject({ task_id: task?.id, task_type: 'avatar' });
	});

	test.each(['B', 'C', 'D'] as const)('is spoken in envelope %s, too', async (envelope) => {
		bench.simulator.configure({ envelope });
		itemOf(await bench.run(usual));
	});

	test('is polled if the response contains only a task ID', async () => {
		bench.simulator.configure({ ttsMode: 'taskId' });
		itemOf(await bench.run(usual));
		expect(bench.simulator.paidTasks()).toBe(2);
	});
});

describe('the request and its outcome', () => {
	const directed = bench.parameters({ ...LINKS, prompt: 'She nods.', mode: 'pro', options: SOON });
	test('sends the prompt and the mode', async () => {
		itemOf(await bench.run(directed));
		expect(bench.bodyOf('create')).toEqual({ ...LINKS_BODY, prompt: 'She nods.', mode: 'pro' });
	});

	const named = bench.parameters({
		...LINKS,
		binaryPropertyOutput: 'film',
		options: {
			...SOON,
			callbackUrl: 'https://n8n.example.com/webhook/kling',
			externalTaskId: 'episode-42',
			fileName: 'episode: 42',
			maxWaitSeconds: 60,
			maxConcurrentTasks: 3,
		},
	});
	test('sends an external ID and a callback URL, and uses the file name', async () => {
		const result = await bench.run(named);
		expect(bench.bodyOf('create')).toEqual({
			...LINKS_BODY,
			callback_url: 'https://n8n.example.com/webhook/kling',
			external_task_id: 'episode-42',
		});
		expect(itemOf(result).json.external_task_id).toBe('episode-42');
		await expectFile(result, 'film', { fileName: 'episode- 42.mp4', mimeType: 'video/mp4' });
	});

	const raw = bench.parameters({ ...LINKS, simplify: false, downloadVideo: false, options: SOON });
	test('returns the raw task without a download if Simplify and Download are off', async () => {
		const item = itemOf(await bench.run(raw));
		const [task] = bench.simulator.tasks;
		expect(item.json).toEqual(rawTask(task));
		expect(item).not.toHaveProperty('binary');
		expect(bench.simulator.requests.map(({ route }) => route)).not.toContain('download');
	});

	const notWaiting = bench.parameters({ ...LINKS, waitForCompletion: false });
	test('returns the new task if the node does not wait', async () => {
		bench.simulator.configure({ taskSeconds: 60 });
		const item = itemOf(await bench.run(notWaiting));
		const [task] = bench.simulator.tasks;
		expect(item.json).toEqual({
			task_id: task?.id,
			task_type: 'avatar',
			task_status: 'submitted',
			external_task_id: task?.externalTaskId,
			created_at: ISO_TIME,
			updated_at: ISO_TIME,
		});
		expect(item).not.toHaveProperty('binary');
		expect(bench.simulator.requests).toHaveLength(1);
	});

	const putOut = bench.parameters({ ...LINKS, options: { ...SOON, onTaskFailure: 'output' } });
	const asError = bench.parameters({ ...LINKS, options: { ...SOON, onTaskFailure: 'error' } });
	test('a failed task causes an error, or an item with neither a file nor an "error" field', async () => {
		bench.simulator.configure({
			onEvent: ({ taskId, status }) => {
				if (status === 'processing') bench.simulator.fail(taskId, 'no face found');
			},
		});
		const item = itemOf(await bench.run(putOut));
		expect(item.json).toMatchObject({ task_status: 'failed', task_status_msg: 'no face found' });
		expect(item.json).not.toHaveProperty('error');
		expect(item).not.toHaveProperty('binary');
		const failed = await bench.run(asError);
		expect(failed.error?.message).toMatch(/^Task \d+ failed: no face found/);
	});

	const impatient = bench.parameters({ ...LINKS, options: { ...SOON, maxWaitSeconds: 2 } });
	test('Max Wait ends the wait, and the error names the task', async () => {
		bench.simulator.configure({ taskSeconds: 60 });
		const { error } = await bench.run(impatient);
		const [task] = bench.simulator.tasks;
		expect(error?.message).toBe(`Task ${task?.id} did not finish within 2 seconds`);
	});

	test('Poll Interval determines how often the task is polled', async () => {
		bench.simulator.configure({ taskSeconds: 2.5 });
		itemOf(await bench.run(directed));
		// With the usual five seconds a single poll would have found the task ended.
		const polls = bench.simulator.requests.filter(({ route }) => route === 'poll');
		expect(polls.length).toBeGreaterThan(1);
	});

	const oneByOne = bench.parameters({ ...LINKS, options: { ...SOON, maxConcurrentTasks: 1 } });
	test('Max Concurrent Tasks limits how many tasks run at the same time', async () => {
		let most = 0;
		bench.simulator.configure({
			onEvent: () => {
				const running = bench.simulator.tasks.filter((task) => task.holdsSlot);
				most = Math.max(most, running.length);
			},
		});
		const result = await bench.run(oneByOne, itemsOf({}, {}));
		expect(result.items(NODE)).toHaveLength(2);
		expect(most).toBe(1);
	});

	const calledBack = bench.parameters({ ...LINKS, options: { waitStrategy: 'callback' } });
	test('Wait Strategy Callback suspends the execution, and sends its resume URL', async () => {
		bench.simulator.configure({ taskSeconds: 60 });
		const result = await bench.run(calledBack);
		expect(result.error?.message).toBeUndefined();
		expect(result.status).toBe('waiting');
		const { callback_url: url, ...body } = bench.bodyOf('create');
		expect(body).toEqual(LINKS_BODY);
		expect(url).toMatch(/\/webhook-waiting\/\d+/);
	});
});

describe('envelope', () => {
	const parameters = bench.parameters({ ...LINKS, options: SOON });

	test.each(['A', 'B', 'C', 'D'] as const)(
		'%s: finds and downloads the video',
		async (envelope) => {
			bench.simulator.configure({ envelope });
			const result = await bench.run(parameters);
			const [task] = bench.simulator.tasks;
			const status = envelope === 'B' ? 'SUCCESS' : 'succeed';
			expect(itemOf(result).json).toMatchObject({
				task_id: task?.id,
				task_status: status,
				video_id: `video-${task?.id}`,
				video_duration: 4,
			});
			await expectFile(result, 'data', {
				fileName: `kling-${task?.id}.mp4`,
				mimeType: 'video/mp4',
			});
		},
	);

	test('E: a success without a result causes an error that names the task', async () => {
		bench.simulator.configure({ envelope: 'E' });
		const { error } = await bench.run(parameters);
		const [task] = bench.simulator.tasks;
		expect(error?.message).toBe(`Task ${task?.id} succeeded, but CometAPI returned no result`);
	});
});

describe('costs and extras', () => {
	const dry = bench.parameters({ ...LINKS, options: { dryRun: true } });
	test('Dry Run sends nothing', async () => {
		expect(itemOf(await bench.run(dry)).json).toMatchObject({ dry_run: true, mode: 'std' });
		expect(bench.simulator.requests).toEqual([]);
	});

	const limited = bench.parameters({ ...LINKS, options: { maxTotalSeconds: 30 } });
	test('Max Total Seconds stops the execution before anything is sent', async () => {
		const { error } = await bench.run(limited);
		expect(error?.message).toMatch(/'Max Total Seconds' is 30$/);
		expect(bench.simulator.requests).toEqual([]);
	});

	const anew = bench.parameters({ ...LINKS, options: { ...SOON, reuseInEditor: false } });
	test('creates a video in each execution if Reuse While Testing is off', async () => {
		for (let count = 0; count < 2; count++) itemOf(await bench.run(anew, undefined, 'anew'));
		expect(bench.simulator.paidTasks()).toBe(2);
	});

	const talk = bench.parameters({
		imageUrl: IMAGE_URL,
		text: 'We talk about the weather today. '.repeat(40),
		options: { ...SOON, longText: 'split', captions: true, includeInputFields: true },
	});
	test('splits a long text, and returns captions and the input fields', async () => {
		const { json } = itemOf(await bench.run(talk, itemsOf({ row: 7 })));
		expect(json).toMatchObject({ row: 7, captions_srt: like(/^1\n00:00:00,000 --> /) });
		expect(json.clips).toHaveLength(2);
	});
});

test('the tests used every parameter of the specification and every listed value', () => {
	expect(bench.unused()).toEqual([]);
});
