import { itemsOf } from '../../harness';
import { like } from '../../support/matchers';
import { Bench, NODE, SOON } from './bench';
import { expectFile, ISO_TIME, itemOf, rawTask } from './outputs';

const bench = new Bench('speech');

beforeAll(async () => await bench.start());
beforeEach(() => bench.reset());
afterAll(async () => await bench.stop());

/** 45 characters: 3.2 seconds of the simulator's speech. */
const TEXT = 'Welcome to our show, and thank you for coming';
const USUAL_BODY = { text: TEXT, voice_id: 'calm_story1', voice_language: 'en', voice_speed: 1 };

const usual = bench.parameters({ text: TEXT });

test('the defaults lead to a request and a simplified item without a file', async () => {
	const item = itemOf(await bench.run(usual));
	expect(bench.bodyOf('speech')).toEqual(USUAL_BODY);
	const [task] = bench.simulator.tasks;
	expect(item.json).toEqual({
		task_id: task?.id,
		task_type: 'tts',
		task_status: 'succeed',
		external_task_id: task?.externalTaskId,
		audio_id: `audio-${task?.id}`,
		audio_url: like(/^http:.*\.mp3$/),
		audio_duration: 3.2,
		created_at: ISO_TIME,
		updated_at: ISO_TIME,
		final_unit_deduction: '2.5',
	});
	expect(item).not.toHaveProperty('binary');
	// The result came with the response, so no other request is sent.
	expect(bench.simulator.requests).toHaveLength(1);
});

const everything = bench.parameters({
	text: TEXT,
	voice: {
		__rl: true,
		mode: 'list',
		value: 'zh:ai_kaiya',
		cachedResultName: 'Sunny Man · Chinese',
	},
	voiceSpeed: 1.2,
	downloadAudio: true,
	binaryPropertyOutput: 'sound',
	options: {
		...SOON,
		callbackUrl: 'https://n8n.example.com/webhook/kling',
		externalTaskId: 'line-1',
		fileName: 'line 1.mp3',
		maxWaitSeconds: 60,
	},
});
test('sends all settings, and uses the file name', async () => {
	const result = await bench.run(everything);
	expect(bench.bodyOf('speech')).toEqual({
		text: TEXT,
		voice_id: 'ai_kaiya',
		voice_language: 'zh',
		voice_speed: 1.2,
		callback_url: 'https://n8n.example.com/webhook/kling',
		external_task_id: 'line-1',
	});
	expect(itemOf(result).json.external_task_id).toBe('line-1');
	await expectFile(result, 'sound', { fileName: 'line 1.mp3', mimeType: 'audio/mpeg' });
});

const downloaded = bench.parameters({ text: TEXT, downloadAudio: true });
test('an unnamed file gets the task ID as its name, in the field "data"', async () => {
	const result = await bench.run(downloaded);
	const fileName = `kling-${bench.simulator.tasks[0]?.id}.mp3`;
	await expectFile(result, 'data', { fileName, mimeType: 'audio/mpeg' });
});

const raw = bench.parameters({ text: TEXT, simplify: false });
test('returns the raw task if Simplify is off', async () => {
	const item = itemOf(await bench.run(raw));
	const [task] = bench.simulator.tasks;
	expect(item.json).toEqual(rawTask(task));
});

describe('if the response contains only a task ID', () => {
	beforeEach(() => bench.simulator.configure({ ttsMode: 'taskId' }));

	const quick = bench.parameters({ text: TEXT, options: SOON });
	test('waits for the speech', async () => {
		const item = itemOf(await bench.run(quick));
		expect(item.json.audio_id).toBe(`audio-${bench.simulator.tasks[0]?.id}`);
		expect(bench.simulator.requests.map(({ route }) => route)).toContain('poll');
		expect(bench.simulator.paidTasks()).toBe(1);
	});

	const putOut = bench.parameters({ text: TEXT, options: { ...SOON, onTaskFailure: 'output' } });
	const asError = bench.parameters({ text: TEXT, options: { ...SOON, onTaskFailure: 'error' } });
	test('failed speech causes an error, or is returned as an item', async () => {
		bench.simulator.configure({
			onEvent: ({ taskId, status }) => {
				if (status === 'processing') bench.simulator.fail(taskId, 'too loud');
			},
		});
		const item = itemOf(await bench.run(putOut));
		expect(item.json).toMatchObject({ task_status: 'failed', task_status_msg: 'too loud' });
		expect(item.json).not.toHaveProperty('error');
		const failed = await bench.run(asError);
		expect(failed.error?.message).toMatch(/^Task \d+ failed: too loud/);
	});

	const impatient = bench.parameters({ text: TEXT, options: { ...SOON, maxWaitSeconds: 1 } });
	test('Max Wait ends the wait, and the error names the task', async () => {
		bench.simulator.configure({
			onEvent: ({ taskId, status }) => {
				if (status === 'processing') bench.simulator.setStatus(taskId, 'dancing');
			},
		});
		// An unknown status does not end the task, and a finished task stays finished.
		const { error } = await bench.run(impatient);
		expect(error?.message).toContain('did not finish within 1 seconds');
	});

	const oneByOne = bench.parameters({ text: TEXT, options: { ...SOON, maxConcurrentTasks: 1 } });
	test('Max Concurrent Tasks limits how many tasks run at the same time', async () => {
		let most = 0;
		bench.simulator.configure({
			onEvent: () => {
				const running = bench.simulator.tasks.filter((task) => task.status !== 'succeed');
				most = Math.max(most, running.length);
			},
		});
		const result = await bench.run(oneByOne, itemsOf({}, {}));
		expect(result.items(NODE)).toHaveLength(2);
		expect(most).toBe(1);
	});
});

test.each(['A', 'B', 'C', 'D'] as const)('envelope %s: finds the speech', async (envelope) => {
	bench.simulator.configure({ envelope });
	const item = itemOf(await bench.run(usual));
	const [task] = bench.simulator.tasks;
	expect(item.json).toMatchObject({
		task_id: task?.id,
		audio_id: `audio-${task?.id}`,
		audio_duration: 3.2,
	});
});

test('envelope E: speech without a result causes an error that names the task', async () => {
	bench.simulator.configure({ envelope: 'E' });
	const { error } = await bench.run(usual);
	const [task] = bench.simulator.tasks;
	expect(error?.message).toBe(`Task ${task?.id} succeeded, but CometAPI returned no result`);
});

const dry = bench.parameters({ text: TEXT, options: { dryRun: true } });
test('Dry Run sends nothing', async () => {
	expect(itemOf(await bench.run(dry)).json).toMatchObject({ dry_run: true, task_type: 'tts' });
	expect(bench.simulator.requests).toEqual([]);
});

const limited = bench.parameters({ text: TEXT, options: { maxTotalSeconds: 1 } });
test('Max Total Seconds stops the execution before anything is sent', async () => {
	const { error } = await bench.run(limited);
	expect(error?.message).toMatch(/'Max Total Seconds' is 1$/);
	expect(bench.simulator.requests).toEqual([]);
});

const beside = bench.parameters({
	text: TEXT,
	options: { includeInputFields: true, reuseInEditor: false },
});
test('includes the input fields, and reuses nothing if that is off', async () => {
	for (let count = 0; count < 2; count++) {
		const { json } = itemOf(await bench.run(beside, itemsOf({ row: 7 }), 'beside'));
		expect(json).toMatchObject({ row: 7, task_type: 'tts' });
	}
	expect(bench.simulator.paidTasks()).toBe(2);
});

test('the tests used every parameter of the specification and every listed value', () => {
	expect(bench.unused()).toEqual([]);
});
