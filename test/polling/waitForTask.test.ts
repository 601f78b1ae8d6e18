import { Pacer } from '../../nodes/CometApiKling/polling/pacer';
import {
	ABSENT_GRACE_MS,
	MAX_RETRY_AFTER_MS,
	waitForTask,
	type PollResult,
	type WaitOutcome,
	type WaitSettings,
} from '../../nodes/CometApiKling/polling/waitForTask';
import { VirtualClock } from '../support/virtualClock';

type TestLook = PollResult<string, string>;

const RUNNING: TestLook = { kind: 'running', status: 'processing', statusIsKnown: true };
const ENDED: TestLook = { kind: 'ended', status: 'succeed', task: 'the task' };
const TROUBLE: TestLook = { kind: 'trouble', label: 'HTTP 503' };

interface Waited {
	outcome: WaitOutcome<string, string>;
	/** When each look was made, in milliseconds from the start. */
	looksAt: number[];
	endedAt: number;
}

/** Waits through a script of looks; the last one repeats. */
async function wait(
	script: TestLook[],
	settings: Partial<WaitSettings> = {},
	onLook: (order: number, clock: VirtualClock) => Promise<void> | void = () => undefined,
	turnsPerSecond = 20,
): Promise<Waited> {
	const clock = new VirtualClock();
	const start = clock.now();
	const looksAt: number[] = [];
	const outcome = await clock.run(
		async () =>
			await waitForTask<string, string>(
				async () => {
					looksAt.push(clock.now() - start);
					await onLook(looksAt.length, clock);
					return script[Math.min(looksAt.length, script.length) - 1] ?? RUNNING;
				},
				{ maxWaitMs: 600_000, firstIntervalMs: 5_000, createdAt: start, ...settings },
				clock,
				new Pacer(turnsPerSecond, clock),
			),
	);
	return { outcome, looksAt, endedAt: clock.now() - start };
}

test('looks first after the first interval, and ends with the task', async () => {
	const { outcome, looksAt } = await wait([RUNNING, ENDED]);
	expect(outcome).toEqual({ kind: 'ended', task: 'the task' });
	expect(looksAt).toEqual([5_000, 10_000]);
});

test('looks at once at a task that may have ended long ago', async () => {
	const { looksAt } = await wait([ENDED], { pollImmediately: true });
	expect(looksAt).toEqual([0]);
});

test('at the deadline tells what was seen, after a last look', async () => {
	const { outcome, looksAt, endedAt } = await wait([RUNNING, TROUBLE, RUNNING], {
		maxWaitMs: 20_000,
	});
	expect(outcome).toEqual({
		kind: 'unfinished',
		elapsedMs: 20_000,
		seen: 'processing x3, HTTP 503 x1',
		unknownStatuses: [],
	});
	expect(looksAt).toEqual([5_000, 10_000, 15_000, 18_500]);
	expect(endedAt).toBeLessThanOrEqual(20_000);
});

test('the last look is made just before the deadline where turns are rare', async () => {
	const oneTurnAMinute = 1 / 60;
	const settings = { maxWaitMs: 20_000, pollImmediately: true };
	const { looksAt, endedAt } = await wait([RUNNING], settings, undefined, oneTurnAMinute);
	expect(looksAt).toEqual([0, 19_999]);
	expect(endedAt).toBe(19_999);
});

test('of a short wait only a quarter is given up for the last look', async () => {
	const { looksAt } = await wait([RUNNING], { maxWaitMs: 2_000 });
	expect(looksAt).toEqual([1_500]);
});

test('names a status that nobody knows, and waits on', async () => {
	const strange: TestLook = { kind: 'running', status: 'dancing', statusIsKnown: false };
	const { outcome } = await wait([strange, RUNNING, strange], { maxWaitMs: 16_000 });
	expect(outcome).toMatchObject({ kind: 'unfinished', unknownStatuses: ['dancing'] });
});

test('tells since when the task could not be read', async () => {
	const { outcome } = await wait([RUNNING, TROUBLE], { maxWaitMs: 30_000 });
	expect(outcome).toMatchObject({
		kind: 'unreadable',
		lastAnswer: 'HTTP 503',
		unreadableMs: 25_000,
	});
});

test('a task that is read again is not called unreadable', async () => {
	const { outcome } = await wait([TROUBLE, TROUBLE, RUNNING], { maxWaitMs: 30_000 });
	expect(outcome.kind).toBe('unfinished');
});

test('stops at once where asking again is pointless', async () => {
	const { outcome, looksAt } = await wait([
		RUNNING,
		{ kind: 'hopeless', label: 'HTTP 401', reason: 'key' },
	]);
	expect(outcome).toEqual({ kind: 'stopped', reason: 'key', seen: 'processing x1, HTTP 401 x1' });
	expect(looksAt).toHaveLength(2);
});

describe('a task that is not known', () => {
	const absent: TestLook = { kind: 'absent', label: 'HTTP 404', reason: 'unknown' };

	test('has a grace while it is new', async () => {
		const { outcome } = await wait([absent, absent, ENDED]);
		expect(outcome.kind).toBe('ended');
	});

	test('has none after it', async () => {
		const { outcome, looksAt } = await wait([absent]);
		expect(outcome).toMatchObject({ kind: 'stopped', reason: 'unknown' });
		expect(looksAt.at(-1)).toBe(ABSENT_GRACE_MS);
	});

	test('has none if it was not made by us', async () => {
		const { looksAt } = await wait([absent], { createdAt: undefined });
		expect(looksAt).toHaveLength(1);
	});
});

describe('Retry-After', () => {
	const busy = (retryAfterMs: number): TestLook => ({ ...TROUBLE, retryAfterMs });

	test('is honoured once, and not kept', async () => {
		const { looksAt } = await wait([busy(20_000), RUNNING, ENDED]);
		expect(looksAt).toEqual([5_000, 25_000, 30_000]);
	});

	test('is not believed beyond a minute', async () => {
		const { looksAt } = await wait([busy(9e9), ENDED]);
		expect(looksAt).toEqual([5_000, 5_000 + MAX_RETRY_AFTER_MS]);
	});

	test('never shortens a pause', async () => {
		const { looksAt } = await wait([busy(10), ENDED]);
		expect(looksAt).toEqual([5_000, 10_000]);
	});

	test('does not outlive the deadline', async () => {
		const { endedAt } = await wait([busy(60_000)], { maxWaitMs: 12_000 });
		expect(endedAt).toBeLessThanOrEqual(12_000);
	});
});

describe('a look that does not come back', () => {
	const never = async (): Promise<void> => await new Promise(() => undefined);

	test('is given up after half a minute, and made again', async () => {
		const { outcome, looksAt } = await wait([RUNNING, ENDED], {}, async (order) =>
			order === 1 ? await never() : undefined,
		);
		expect(looksAt[1]).toBeGreaterThanOrEqual(35_000);
		expect(outcome.kind).toBe('ended');
	});

	test('is given up at the deadline', async () => {
		const { outcome, endedAt } = await wait([RUNNING], { maxWaitMs: 10_000 }, never);
		expect(endedAt).toBe(10_000);
		expect(outcome).toMatchObject({
			kind: 'unreadable',
			lastAnswer: 'no answer',
			seen: 'no answer x1',
		});
	});

	test('counts as unreadable where it throws', async () => {
		const { outcome } = await wait([ENDED], {}, (order) => {
			if (order === 1) throw new Error('broken');
		});
		expect(outcome.kind).toBe('ended');
	});

	test('is named where it throws until the deadline', async () => {
		const { outcome } = await wait([ENDED], { maxWaitMs: 8_000 }, () => {
			throw new Error('broken');
		});
		expect(outcome).toEqual({
			kind: 'unreadable',
			unreadableMs: 8_000,
			lastAnswer: 'failed look',
			seen: 'failed look x2',
		});
	});
});

describe('a cancel', () => {
	test('before the first look asks nothing', async () => {
		const controller = new AbortController();
		controller.abort();
		const { outcome, looksAt, endedAt } = await wait([RUNNING], { signal: controller.signal });
		expect(outcome).toEqual({ kind: 'canceled', seen: 'nothing' });
		expect([looksAt, endedAt]).toEqual([[], 0]);
	});

	test('during a look ends the wait at once', async () => {
		const controller = new AbortController();
		const { outcome, looksAt, endedAt } = await wait(
			[RUNNING],
			{ signal: controller.signal },
			async (order) => {
				if (order === 2) {
					controller.abort();
					await new Promise(() => undefined);
				}
			},
		);
		expect(outcome).toMatchObject({ kind: 'canceled' });
		expect([looksAt.length, endedAt]).toEqual([2, 10_000]);
	});
});
