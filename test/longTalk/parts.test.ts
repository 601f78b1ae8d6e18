import { itemsOf, startWorkflow, chainOf } from '../harness';
import type { Simulator } from '../simulator';
import {
	clipsOf,
	LONG_TEXT,
	TWO_PARTS,
	NODE,
	paidFor,
	runTalk,
	shortSeconds,
	talkNode,
	talkService,
} from './setup';

let simulator: Simulator;

beforeEach(async () => (simulator = await talkService()));
afterEach(async () => await simulator.stop());

/** The texts that were spoken, in the order of the requests. */
function spokenTexts(): string[] {
	return simulator.tasks.filter(({ path }) => path === 'audio/tts').map(({ text }) => text ?? '');
}

describe('before anything is paid for', () => {
	test('a long text is rejected unless Long Text is set to split it', async () => {
		const result = await runTalk(simulator, { options: { longText: 'stop' } });
		expect(result.error?.message).toContain('has 3000 characters, and the limit is 1000');
		expect(result.error?.description).toContain("set 'If Text Is Too Long' to 'Split and Join'");
		expect(simulator.requests).toEqual([]);
	});

	test('a text of more than 20,000 characters is rejected', async () => {
		const result = await runTalk(simulator, { text: LONG_TEXT.repeat(7) });
		expect(result.error?.message).toContain('has 21000 characters, and the limit is 20000');
		expect(result.error?.description).not.toContain('Split and Join');
		expect(simulator.requests).toEqual([]);
	});

	test('Max Total Seconds counts the estimate', async () => {
		const result = await runTalk(simulator, { options: { maxTotalSeconds: 60 } });
		expect(result.error?.message).toMatch(
			/is about \d+ seconds long, but 'Max Total Seconds' is 60/,
		);
		expect(simulator.requests).toEqual([]);
	});

	test('a dry run returns the number of parts', async () => {
		const result = await runTalk(simulator, { options: { dryRun: true } });
		const [item] = result.items(NODE);
		expect(item?.json).toMatchObject({
			dry_run: true,
			audio: { characters: 3000 },
		});
		expect(item?.binary?.data?.mimeType).toBe('video/mp4');
		expect(simulator.requests).toEqual([]);
		const real = await runTalk(simulator, { parameters: { downloadVideo: false } });
		expect(item?.json.audio).toMatchObject({ parts: clipsOf(real.items(NODE)[0]).length });
	});
});

describe('the length of the speech', () => {
	test('a part that turns out too long is split again, and only that part is spoken again', async () => {
		let longest = '';
		simulator.configure({
			speechSeconds: (text) => {
				if (longest === '' && text.startsWith('This is minute number 2')) longest = text;
				if (text.length > 300 && text === longest) return 61;
				return shortSeconds(text);
			},
		});
		const text = `${LONG_TEXT.slice(0, 600)}.`;
		longest = text;
		const result = await runTalk(simulator, { text });
		expect(result.error?.message).toBeUndefined();
		const clips = clipsOf(result.items(NODE)[0]);
		expect(clips).toHaveLength(2);
		expect(clips.map((clip) => clip.text).join(' ')).toBe(text);
		expect(spokenTexts()).toEqual([text, clips[0]?.text, clips[1]?.text]);
		expect(paidFor(simulator)).toEqual({ speech: 3, avatar: 2 });
	});

	test('one part of several can be split again', async () => {
		const second = new Map<string, boolean>();
		simulator.configure({
			speechSeconds: (text) => {
				const isSecond = text.length > 400 && !text.startsWith('This is minute number 1');
				if (isSecond && second.size === 0) second.set(text, true);
				return second.has(text) ? 61.5 : shortSeconds(text);
			},
		});
		const text = TWO_PARTS;
		const result = await runTalk(simulator, { text });
		expect(result.error?.message).toBeUndefined();
		const clips = clipsOf(result.items(NODE)[0]);
		expect(clips).toHaveLength(3);
		expect(clips.map((clip) => clip.text).join(' ')).toBe(text);
		expect(spokenTexts()).toHaveLength(4);
		expect(new Set(spokenTexts()).size).toBe(4);
	});

	test('a part shorter than 2 seconds fails with its name, and no video is paid for', async () => {
		simulator.configure({
			speechSeconds: (text) => (text.startsWith('This is minute') ? 2.5 : 1.2),
		});
		const result = await runTalk(simulator, { text: TWO_PARTS });
		expect(result.error?.message).toMatch(
			/^Part 2 of 2 \("(\S+ ){5}\S+…"\) failed\. The speech generated from 'Text' lasts 1\.2 seconds, but an avatar needs at least 2/,
		);
		expect(paidFor(simulator)).toEqual({ speech: 2, avatar: 0 });
	});

	test('Max Total Seconds checks the actual lengths before the first video', async () => {
		simulator.configure({ speechSeconds: () => 59 });
		const text = TWO_PARTS;
		const result = await runTalk(simulator, { text, options: { maxTotalSeconds: 110 } });
		expect(result.error?.message).toContain("is 118 seconds long, but 'Max Total Seconds' is 110");
		expect(paidFor(simulator)).toEqual({ speech: 2, avatar: 0 });
	});
});

describe('a clip that fails', () => {
	const failsOnce = (): void => {
		let hasFailed = false;
		simulator.configure({
			failsWith: (text) => {
				if (hasFailed || text.startsWith('This is minute number 1')) return undefined;
				hasFailed = true;
				return 'no face found';
			},
		});
	};

	test('is named in the error, and Retry execution pays only for that clip', async () => {
		failsOnce();
		const text = TWO_PARTS;
		const failed = await runTalk(simulator, { text });
		const task = simulator.tasks.find(({ status }) => status === 'failed');
		expect(failed.error?.message).toMatch(
			/^Clip 2 of 2 \(".+…"\) failed\. Task \d+ failed: no face found/,
		);
		expect(failed.error?.context?.task_id).toBe(task?.id);
		expect(failed.error?.description).toContain(
			'A retry creates, and bills, only what is missing.',
		);
		expect(paidFor(simulator)).toEqual({ speech: 2, avatar: 2 });

		const retried = await runTalk(simulator, { text, run: { retryOf: failed, mode: 'retry' } });
		expect(retried.error?.message).toBeUndefined();
		expect(clipsOf(retried.items(NODE)[0])).toHaveLength(2);
		expect(paidFor(simulator)).toEqual({ speech: 2, avatar: 3 });
	});

	test("with Continue, the item lists the other clips' tasks", async () => {
		failsOnce();
		const text = TWO_PARTS;
		const result = await runTalk(simulator, { text, node: { onError: 'continueRegularOutput' } });
		const [item] = result.items(NODE);
		expect(item?.json.error).toContain('Clip 2 of 2');
		const others = simulator.tasks.filter(
			({ path, status }) => path !== 'audio/tts' && status !== 'failed',
		);
		expect(item?.json.other_clip_task_ids).toEqual(others.map(({ id }) => id));
	});

	test('is listed with its status if failed tasks are output', async () => {
		failsOnce();
		const options = { onTaskFailure: 'output' };
		const result = await runTalk(simulator, { text: TWO_PARTS, options });
		const [item] = result.items(NODE);
		expect(item?.json).toMatchObject({ task_status: 'failed', task_status_msg: 'no face found' });
		expect(item?.json).not.toHaveProperty('error');
		expect(item?.binary).toBeUndefined();
		expect(clipsOf(item).map(({ task_status }) => task_status)).toEqual(['succeed', 'failed']);
	});
});

test('never runs more clips at the same time than Max Concurrent Tasks', async () => {
	simulator.configure({ parallelLimit: 20 });
	let most = 0;
	const running = (): number =>
		simulator.tasks.filter(
			({ path, status }) => path !== 'audio/tts' && !/succeed|failed/.test(status),
		).length;
	simulator.configure({ onEvent: () => void (most = Math.max(most, running())) });
	const result = await runTalk(simulator, { options: { maxConcurrentTasks: 2 } });
	expect(result.error?.message).toBeUndefined();
	expect(most).toBe(2);
});

test('the clips of all items share the slots', async () => {
	const input = itemsOf({}, {}, {});
	const text = TWO_PARTS;
	simulator.configure({ parallelLimit: 2 });
	const result = await runTalk(simulator, { text, run: { input } });
	expect(result.items(NODE).map((item) => clipsOf(item).length)).toEqual([2, 2, 2]);
	expect(paidFor(simulator)).toEqual({ speech: 6, avatar: 6 });
});

describe('Reuse While Testing', () => {
	const text = TWO_PARTS;

	test('a second manual execution reuses all clips', async () => {
		const run = { mode: 'manual' as const };
		const first = await runTalk(simulator, { text, run });
		const second = await runTalk(simulator, { text, run });
		expect(paidFor(simulator)).toEqual({ speech: 2, avatar: 2 });
		const [item] = second.items(NODE);
		expect(item?.json.reused).toBe(true);
		expect(clipsOf(item)).toEqual(clipsOf(first.items(NODE)[0]));
		const hints = second.data.resultData.runData[NODE]?.[0]?.hints ?? [];
		expect(hints.map(({ message }) => message).join()).toContain('4 tasks were reused');
	});

	test('the second test pays only for a clip that failed in the first one', async () => {
		simulator.configure({
			failsWith: (_text, order) => (order === 1 ? 'no face found' : undefined),
		});
		const run = { mode: 'manual' as const };
		await runTalk(simulator, { text: `${text}!`, run });
		const second = await runTalk(simulator, { text: `${text}!`, run });
		expect(second.error?.message).toBeUndefined();
		expect(paidFor(simulator)).toEqual({ speech: 2, avatar: 3 });
	});
});

test('a canceled talk sends no more requests, and its tasks are in the log', async () => {
	simulator.configure({ taskSeconds: 30 });
	const credentials = { cometApiKlingApi: { apiKey: simulator.key, baseUrl: simulator.url } };
	const workflow = chainOf(talkNode(simulator, { options: { maxConcurrentTasks: 2 } }));
	const running = startWorkflow({ workflow, credentials });
	while (paidFor(simulator).avatar < 2) await pause(20);
	running.cancel();
	const result = await running.finished;
	expect(result.status).toBe('canceled');
	const { length } = simulator.requests;
	await pause(1500);
	expect(simulator.requests).toHaveLength(length);
	const logged = result.logs.map(({ message }) => message).join(' ');
	for (const { id } of simulator.tasks) expect(logged).toContain(id);
});

async function pause(milliseconds: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
