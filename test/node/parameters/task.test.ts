import { like } from '../../support/matchers';
import { AUDIO_URL, Bench, IMAGE_URL, SOON } from './bench';
import { expectFile, ISO_TIME, itemOf } from './outputs';
import { TASK_KINDS } from './specTable';

const bench = new Bench('task');

beforeAll(async () => await bench.start());
beforeEach(() => bench.reset());
afterAll(async () => await bench.stop());

const AVATAR_PATH = 'videos/avatar/image2video';

/** Creates an avatar task and does not wait for it. */
const MADE = {
	resource: 'avatar',
	operation: 'create',
	imageUrl: IMAGE_URL,
	audioSource: 'url',
	audioUrl: AUDIO_URL,
	waitForCompletion: false,
};

/** The parameter reads the task ID from the item. */
const TASK_ID = '={{ $json.id }}';
const itemFor = (id: string) => [{ json: { id } }];

const RESULTS = {
	video: {
		fields: {
			video_url: like(/clip\.mp4$/),
			video_id: 'video-sample',
			video_duration: 4,
		},
		file: { extension: 'mp4', mimeType: 'video/mp4', sample: 'clip.mp4' },
	},
	image: {
		fields: { image_urls: [like(/face\.png$/), like(/face\.jpg$/)] },
		file: { extension: 'png', mimeType: 'image/png', sample: 'face.png' },
	},
	audio: {
		fields: { audio_url: like(/voice\.mp3$/), audio_id: 'audio-sample', audio_duration: 4 },
		file: { extension: 'mp3', mimeType: 'audio/mpeg', sample: 'voice.mp3' },
	},
};

describe.each(Object.entries(TASK_KINDS))('a task of type %s', (taskType, { path, family }) => {
	const parameters = bench.parameters({ taskType, taskId: TASK_ID, downloadVideo: true });
	const custom = bench.parameters({ taskType: 'custom', customPath: path, taskId: TASK_ID });

	test('is returned with its result and its file', async () => {
		const { id } = bench.simulator.plantTask(path, 'succeed');
		const result = await bench.run(parameters, itemFor(id));
		const { fields, file } = RESULTS[family];
		expect(itemOf(result).json).toEqual({
			task_id: id,
			task_type: taskType,
			task_status: 'succeed',
			created_at: ISO_TIME,
			updated_at: ISO_TIME,
			final_unit_deduction: '2.5',
			...fields,
			// Read from the file itself.
			...(family === 'video' && { video_width: 256, video_height: 320 }),
		});
		const fileName = `kling-${id}.${file.extension}`;
		await expectFile(result, 'data', { ...file, fileName });
		expect(bench.simulator.requests[0]?.path).toBe(`/kling/v1/${path}/${id}`);
	});

	test('is found by its custom path', async () => {
		const { id } = bench.simulator.plantTask(path, 'succeed');
		const { json } = itemOf(await bench.run(custom, itemFor(id)));
		expect(json).toMatchObject({ task_id: id, task_type: 'custom', ...RESULTS[family].fields });
	});
});

const usual = bench.parameters({ taskId: TASK_ID });

test('the defaults poll once for an avatar, without waiting or downloading', async () => {
	const { id } = bench.simulator.plantTask(AVATAR_PATH, 'processing', {});
	const item = itemOf(await bench.run(usual, itemFor(id)));
	expect(item.json).toEqual({
		task_id: id,
		task_type: 'avatar',
		task_status: 'processing',
		created_at: ISO_TIME,
		updated_at: ISO_TIME,
	});
	expect(item).not.toHaveProperty('binary');
	expect(bench.simulator.requests.map(({ method, path }) => [method, path])).toEqual([
		['GET', `/kling/v1/${AVATAR_PATH}/${id}`],
	]);
});

const waiting = bench.parameters({
	taskId: '={{ $json.task_id }}',
	waitForCompletion: true,
	downloadVideo: true,
	binaryPropertyOutput: 'film',
	options: { ...SOON, fileName: 'later', maxWaitSeconds: 60 },
});
test('waits for a running task, and uses the file name', async () => {
	bench.simulator.configure({ taskSeconds: 1.5 });
	const result = await bench.runAfter(MADE, waiting);
	expect(itemOf(result).json).toMatchObject({ task_status: 'succeed', video_duration: 4 });
	await expectFile(result, 'film', { fileName: 'later.mp4', mimeType: 'video/mp4' });
	expect(bench.simulator.paidTasks()).toBe(1);
});

const impatient = bench.parameters({
	taskId: TASK_ID,
	waitForCompletion: true,
	options: { ...SOON, maxWaitSeconds: 2 },
});
test('Max Wait ends the wait, and the error names the task', async () => {
	const { id } = bench.simulator.plantTask(AVATAR_PATH, 'processing', {});
	const { error } = await bench.run(impatient, itemFor(id));
	expect(error?.message).toBe(`Task ${id} did not finish within 2 seconds`);
	// With the default of five seconds, there would have been only the first poll and the last.
	expect(bench.simulator.requests.length).toBeGreaterThan(2);
});

const raw = bench.parameters({ taskId: TASK_ID, simplify: false });
test('returns the raw task if Simplify is off', async () => {
	const task = bench.simulator.plantTask(AVATAR_PATH, 'succeed');
	expect(itemOf(await bench.run(raw, itemFor(task.id))).json).toEqual({
		task_id: task.id,
		task_status: 'succeed',
		task_info: {},
		created_at: task.createdAt,
		updated_at: task.updatedAt,
		final_unit_deduction: '2.5',
		final_balance_deduction: '0',
		task_result: task.result,
	});
});

const asError = bench.parameters({ taskId: TASK_ID, options: { onTaskFailure: 'error' } });
const putOut = bench.parameters({
	taskId: TASK_ID,
	downloadVideo: true,
	options: { onTaskFailure: 'output' },
});
test('a failed task causes an error, or an item with neither a file nor an "error" field', async () => {
	const { id } = bench.simulator.plantTask(AVATAR_PATH, 'processing', {});
	bench.simulator.fail(id, 'no face found');
	const { error } = await bench.run(asError, itemFor(id));
	expect(error?.message).toMatch(`Task ${id} failed: no face found`);
	const item = itemOf(await bench.run(putOut, itemFor(id)));
	expect(item.json).toMatchObject({ task_status: 'failed', task_status_msg: 'no face found' });
	expect(item.json).not.toHaveProperty('error');
	expect(item).not.toHaveProperty('binary');
});

describe('envelopes', () => {
	test.each(['A', 'B', 'C', 'D'] as const)('%s: finds the result', async (envelope) => {
		bench.simulator.configure({ envelope });
		const { id } = bench.simulator.plantTask(AVATAR_PATH, 'succeed');
		expect(itemOf(await bench.run(usual, itemFor(id))).json).toMatchObject({
			task_id: id,
			...RESULTS.video.fields,
		});
	});

	test('E: returns a success without a result unchanged, or fails if the node waits', async () => {
		bench.simulator.configure({ envelope: 'E' });
		const { id } = bench.simulator.plantTask(AVATAR_PATH, 'succeed');
		const { json } = itemOf(await bench.run(usual, itemFor(id)));
		expect(json).toMatchObject({ task_id: id, task_status: 'succeed' });
		expect(json).not.toHaveProperty('video_url');
		const { error } = await bench.run(impatient, itemFor(id));
		expect(error?.message).toBe(`Task ${id} succeeded, but CometAPI returned no result`);
	});
});

test('a missing task causes an error that names it', async () => {
	const { error } = await bench.run(usual, itemFor('404404'));
	expect(error?.message).toContain('CometAPI could not find the task');
	expect(error?.message).toContain('404404');
	expect(bench.simulator.requests).toHaveLength(1);
});

const beside = bench.parameters({ taskId: TASK_ID, options: { includeInputFields: true } });
test('includes the input fields', async () => {
	const { id } = bench.simulator.plantTask('videos/avatar/image2video', 'succeed');
	expect(itemOf(await bench.run(beside, itemFor(id))).json).toMatchObject({ id, task_id: id });
});

test('the tests used every parameter of the specification and every listed value', () => {
	expect(bench.unused()).toEqual([]);
});
