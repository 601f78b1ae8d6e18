import { Pacer } from '../../nodes/CometApiKling/polling/limits/pacer';
import { waitForTask } from '../../nodes/CometApiKling/polling/waitForTask';
import { VirtualClock } from '../support/virtualClock';
import { ENDED, RUNNING, runWait, UNAVAILABLE, type TestResult } from './waitRun';

const HOUR_MS = 3_600_000;

describe('a single wait uses its time and reports how long it took', () => {
	test.each([
		[1_000, [750, 900]],
		[2_000, [1_500, 1_800]],
		[5_000, [3_750, 4_500]],
		[20_000, [5_000, 10_000, 15_000, 18_500, 19_500]],
	])('of %i ms', async (maxWaitMs, expectedMs) => {
		const pollMs = 50;
		const { outcome, polledAtMs, endedAtMs } = await runWait(
			[RUNNING],
			// The interval counts from the response, so this one keeps the polls at whole seconds.
			{ maxWaitMs, firstIntervalMs: 5_000 - pollMs },
			async (_, clock) => await clock.sleep(pollMs),
		);
		const lastPolls = polledAtMs.slice(-2);
		expect(lastPolls).toEqual(expectedMs.slice(-2));
		expect(polledAtMs).toHaveLength(expectedMs.length);
		expect(outcome).toMatchObject({ kind: 'unfinished', elapsedMs: endedAtMs });
		// The error message shows whole seconds.
		expect(Math.round(endedAtMs / 1000)).toBe(maxWaitMs / 1000);
	});
});

test('summarizes the statuses at the deadline', async () => {
	const { outcome, endedAtMs } = await runWait([RUNNING, UNAVAILABLE, RUNNING], {
		maxWaitMs: 20_000,
	});
	expect(outcome).toEqual({
		kind: 'unfinished',
		elapsedMs: 19_500,
		statusSummary: 'processing x4, HTTP 503 x1',
		unknownStatuses: [],
	});
	expect(endedAtMs).toBe(19_500);
});

test('a slow last poll has the remaining time, and no extra poll follows', async () => {
	const { polledAtMs, endedAtMs } = await runWait(
		[RUNNING],
		{ maxWaitMs: 5_000 },
		async (_, clock) => await clock.sleep(1_000),
	);
	expect(polledAtMs).toEqual([3_750]);
	expect(endedAtMs).toBe(4_750);
});

test('the last polls are made in time even if requests are rarely allowed', async () => {
	const settings = { maxWaitMs: 20_000, pollImmediately: true };
	const pacing = { turnsPerSecond: 1 / 60 };
	const { polledAtMs } = await runWait([RUNNING], settings, undefined, pacing);
	expect(polledAtMs[0]).toBe(0);
	expect(polledAtMs[1]).toBeLessThanOrEqual(18_500);
});

interface Batch {
	tasks: number;
	doneAtMs: number;
	maxWaitMs: number;
	pollMs: number;
}

/** Waits for many tasks that are created and finished at the same times. */
async function runBatch({ tasks, doneAtMs, maxWaitMs, pollMs }: Batch) {
	const clock = new VirtualClock(1_000_000, [0.1, 0.9, 0.5, 0.3]);
	const start = clock.now();
	const pacer = new Pacer(20, clock);
	const polledAtMs: number[] = [];
	const poll = async (): Promise<TestResult> => {
		polledAtMs.push(clock.now() - start);
		const result = clock.now() - start >= doneAtMs ? ENDED : RUNNING;
		await clock.sleep(pollMs);
		return result;
	};
	const settings = { maxWaitMs, firstIntervalMs: 5_000, createdAt: start };
	const outcomes = await clock.run(
		async () =>
			await Promise.all(
				Array.from({ length: tasks }, async () => await waitForTask(poll, settings, clock, pacer)),
			),
	);
	return {
		delivered: outcomes.filter(({ kind }) => kind === 'ended').length,
		polledAtMs,
		endedAtMs: clock.now() - start,
		sleeps: clock.sleeps.length,
	};
}

/** The highest number of polls within any tenth of a second. */
function densestPolls(polledAtMs: number[]): number {
	return Math.max(
		...polledAtMs.map((from) => polledAtMs.filter((at) => at >= from && at < from + 100).length),
	);
}

describe('many tasks with the same deadline', () => {
	test('are all returned if they finish before their last polls', async () => {
		const batch = { tasks: 150, doneAtMs: 6_000, maxWaitMs: 10_000, pollMs: 300 };
		const { delivered, endedAtMs, polledAtMs } = await runBatch(batch);
		expect(delivered).toBe(150);
		expect(endedAtMs).toBeLessThanOrEqual(10_000);
		expect(densestPolls(polledAtMs)).toBeLessThanOrEqual(14);
	});

	test('get their last polls one after the other if they are not finished', async () => {
		const batch = { tasks: 150, doneAtMs: Infinity, maxWaitMs: 10_000, pollMs: 100 };
		const { delivered, endedAtMs, polledAtMs } = await runBatch(batch);
		expect(delivered).toBe(0);
		expect(endedAtMs).toBeLessThanOrEqual(10_000);
		expect(densestPolls(polledAtMs)).toBeLessThanOrEqual(20);
	});

	test('give up at most a quarter of the wait for that', async () => {
		const batch = { tasks: 400, doneAtMs: 2_400, maxWaitMs: 4_000, pollMs: 100 };
		const { delivered, polledAtMs, endedAtMs } = await runBatch(batch);
		expect(delivered).toBe(400);
		expect(Math.min(...polledAtMs)).toBeGreaterThanOrEqual(2_000);
		expect(endedAtMs).toBeLessThanOrEqual(4_000);
	});

	test('cost the same per task as few tasks', async () => {
		const few = { tasks: 20, doneAtMs: 60_000, maxWaitMs: 600_000, pollMs: 100 };
		const many = { ...few, tasks: 400 };
		const costOf = async (batch: Batch) => (await runBatch(batch)).sleeps / batch.tasks;
		expect(await costOf(many)).toBeLessThanOrEqual(await costOf(few));
	});
});

test('a wait that has ended no longer affects the lead of others', async () => {
	const clock = new VirtualClock();
	const pacer = new Pacer(20, clock);
	const settings = { maxWaitMs: 10_000, firstIntervalMs: 5_000 };
	const poll = async (): Promise<TestResult> => await Promise.resolve(ENDED);
	await clock.run(
		async () =>
			await Promise.all(
				Array.from({ length: 50 }, async () => await waitForTask(poll, settings, clock, pacer)),
			),
	);
	expect(pacer.join().leadMs(Infinity)).toBeLessThan(1_000 / 80);
});

describe('if the computer was suspended for an hour', () => {
	test('during a pause, the task is polled before the wait ends', async () => {
		const { outcome, polledAtMs } = await runWait(
			[ENDED],
			{ maxWaitMs: 20_000 },
			async (_, clock) => await clock.sleep(1_400),
			{ onStart: (clock) => clock.leap(HOUR_MS) },
		);
		expect(polledAtMs).toEqual([HOUR_MS]);
		expect(outcome.kind).toBe('ended');
	});

	test('the network has half a minute to come back', async () => {
		const { outcome, polledAtMs, endedAtMs } = await runWait(
			[UNAVAILABLE],
			{ maxWaitMs: 60_000 },
			undefined,
			{ onStart: (clock) => clock.leap(HOUR_MS) },
		);
		const afterLeapMs = polledAtMs.map((at) => at - HOUR_MS);
		expect(afterLeapMs).toEqual([0, 22_361, 28_500, 29_500]);
		expect(endedAtMs).toBe(HOUR_MS + 29_500);
		expect(outcome.kind).toBe('unreadable');
	});

	test('a short wait continues for no more than its whole time', async () => {
		const { polledAtMs } = await runWait([RUNNING], { maxWaitMs: 2_000 }, undefined, {
			onStart: (clock) => clock.leap(HOUR_MS),
		});
		expect(polledAtMs.map((at) => at - HOUR_MS)).toEqual([0, 1_500, 1_800]);
	});

	test('during a poll, the task is polled again', async () => {
		const { outcome, polledAtMs } = await runWait(
			[UNAVAILABLE, ENDED],
			{ maxWaitMs: 20_000 },
			(order, clock) => (order === 1 ? clock.leap(HOUR_MS) : undefined),
		);
		expect(polledAtMs).toHaveLength(2);
		expect(outcome.kind).toBe('ended');
	});

	test('the wait continues as before if the deadline has not passed even then', async () => {
		const { polledAtMs } = await runWait([RUNNING, ENDED], { maxWaitMs: 2 * HOUR_MS }, undefined, {
			onStart: (clock) => clock.leap(HOUR_MS),
		});
		expect(polledAtMs[0]).toBe(HOUR_MS);
		expect(polledAtMs).toHaveLength(2);
	});
});

test('a process that is busy for seconds still makes a complete last poll', async () => {
	const { outcome, endedAtMs } = await runWait(
		[ENDED],
		{ maxWaitMs: 20_000, firstIntervalMs: 60_000 },
		async (_, clock) => await clock.sleep(1_400),
		{ onStart: (clock) => clock.leap(22_000) },
	);
	expect(outcome.kind).toBe('ended');
	expect(endedAtMs).toBe(23_400);
});
