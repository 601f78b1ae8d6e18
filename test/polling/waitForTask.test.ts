import {
	MAX_RETRY_AFTER_MS,
	NOT_FOUND_GRACE_MS,
} from '../../nodes/CometApiKling/polling/waitForTask';
import { ENDED, RUNNING, runWait, UNAVAILABLE, type TestResult } from './waitRun';

test('polls first after the first interval, and ends with the task', async () => {
	const { outcome, polledAtMs } = await runWait([RUNNING, ENDED]);
	expect(outcome).toEqual({ kind: 'ended', task: 'the task' });
	expect(polledAtMs).toEqual([5_000, 10_000]);
});

test('polls immediately if the task may have ended long ago', async () => {
	const { polledAtMs } = await runWait([ENDED], { pollImmediately: true });
	expect(polledAtMs).toEqual([0]);
});

test('the age of a task counts from its creation', async () => {
	const twelveMinutesAgo = 1_000_000 - 720_000;
	const { polledAtMs } = await runWait([RUNNING, ENDED], { createdAt: twelveMinutesAgo });
	expect(polledAtMs[0]).toBe(10_000);
});

test('names unknown statuses and continues', async () => {
	const strange: TestResult = { kind: 'running', status: 'dancing', statusIsKnown: false };
	const { outcome } = await runWait([strange, RUNNING, strange], { maxWaitMs: 16_000 });
	expect(outcome).toMatchObject({ kind: 'unfinished', unknownStatuses: ['dancing'] });
});

test('reports for how long the task could not be read', async () => {
	const { outcome } = await runWait([RUNNING, UNAVAILABLE], { maxWaitMs: 30_000 });
	expect(outcome).toMatchObject({
		kind: 'unreadable',
		lastResponse: 'HTTP 503',
		unreadableMs: 24_500,
	});
});

test('a task that becomes readable again is not reported as unreadable', async () => {
	const { outcome } = await runWait([UNAVAILABLE, UNAVAILABLE, RUNNING], { maxWaitMs: 30_000 });
	expect(outcome.kind).toBe('unfinished');
});

test('a fault in the extra poll alone does not make a task unreadable', async () => {
	const script = [RUNNING, RUNNING, UNAVAILABLE];
	const { outcome, polledAtMs } = await runWait(script, { maxWaitMs: 10_000 });
	expect(polledAtMs).toEqual([5_000, 8_500, 9_500]);
	expect(outcome).toMatchObject({ kind: 'unfinished' });
});

test('stops immediately if further polls are pointless', async () => {
	const { outcome, polledAtMs } = await runWait([
		RUNNING,
		{ kind: 'permanent', label: 'HTTP 401', reason: 'key' },
	]);
	expect(outcome).toEqual({
		kind: 'stopped',
		reason: 'key',
		statusSummary: 'processing x1, HTTP 401 x1',
	});
	expect(polledAtMs).toHaveLength(2);
});

describe('a task that is not found', () => {
	const notFound: TestResult = { kind: 'notFound', label: 'HTTP 404', reason: 'unknown' };

	test('gets a grace period while it is new', async () => {
		const { outcome } = await runWait([notFound, notFound, ENDED]);
		expect(outcome.kind).toBe('ended');
	});

	test('ends the wait after the grace period', async () => {
		const { outcome, polledAtMs } = await runWait([notFound]);
		expect(outcome).toMatchObject({ kind: 'stopped', reason: 'unknown' });
		expect(polledAtMs.at(-1)).toBe(NOT_FOUND_GRACE_MS);
	});

	test('gets no grace period if we did not create it', async () => {
		const { polledAtMs } = await runWait([notFound], { createdAt: undefined });
		expect(polledAtMs).toHaveLength(1);
	});

	test('a permanent fault gets no grace period either', async () => {
		const forbidden: TestResult = { kind: 'permanent', label: 'HTTP 403', reason: 'forbidden' };
		const { polledAtMs } = await runWait([forbidden]);
		expect(polledAtMs).toHaveLength(1);
	});
});

describe('Retry-After', () => {
	const busy = (retryAfterMs: number): TestResult => ({ ...UNAVAILABLE, retryAfterMs });

	test('is honored once and not stored', async () => {
		const { polledAtMs } = await runWait([busy(20_000), RUNNING, ENDED]);
		expect(polledAtMs).toEqual([5_000, 25_000, 30_000]);
	});

	test('is limited to a minute', async () => {
		const { polledAtMs } = await runWait([busy(9e9), ENDED]);
		expect(polledAtMs).toEqual([5_000, 5_000 + MAX_RETRY_AFTER_MS]);
	});

	test('never shortens a pause', async () => {
		const { polledAtMs } = await runWait([busy(10), ENDED]);
		expect(polledAtMs).toEqual([5_000, 10_000]);
	});

	test('does not outlive Max Wait, and the last polls are still made', async () => {
		const { polledAtMs, endedAtMs } = await runWait([busy(60_000)], { maxWaitMs: 12_000 });
		expect(polledAtMs).toEqual([5_000, 10_500, 11_500]);
		expect(endedAtMs).toBeLessThanOrEqual(12_000);
	});
});

describe('a poll that does not return', () => {
	const never = async (): Promise<void> => await new Promise(() => undefined);

	test('is abandoned after half a minute and repeated', async () => {
		const { outcome, polledAtMs } = await runWait([RUNNING, ENDED], {}, async (order) =>
			order === 1 ? await never() : undefined,
		);
		expect(polledAtMs).toEqual([5_000, 40_000]);
		expect(outcome.kind).toBe('ended');
	});

	test('is abandoned at the deadline', async () => {
		const { outcome, endedAtMs } = await runWait([RUNNING], { maxWaitMs: 10_000 }, never);
		expect(endedAtMs).toBe(10_000);
		expect(outcome).toMatchObject({
			kind: 'unreadable',
			lastResponse: 'no response',
			statusSummary: 'no response x1',
		});
	});

	test('counts as a transient fault if it throws', async () => {
		const { outcome } = await runWait([ENDED], {}, (order) => {
			if (order === 1) throw new Error('broken');
		});
		expect(outcome.kind).toBe('ended');
	});

	test('is named in the outcome if it throws until the deadline', async () => {
		const { outcome } = await runWait([ENDED], { maxWaitMs: 8_000 }, () => {
			throw new Error('broken');
		});
		expect(outcome).toEqual({
			kind: 'unreadable',
			unreadableMs: 7_500,
			lastResponse: 'failed request',
			statusSummary: 'failed request x3',
		});
	});
});

describe('a cancellation', () => {
	test('before the first poll sends no request', async () => {
		const controller = new AbortController();
		controller.abort();
		const run = await runWait([RUNNING], { signal: controller.signal });
		expect(run.outcome).toEqual({ kind: 'canceled', statusSummary: 'none' });
		expect([run.polledAtMs, run.endedAtMs]).toEqual([[], 0]);
	});

	test('during a poll ends the wait immediately', async () => {
		const controller = new AbortController();
		const { outcome, polledAtMs, endedAtMs } = await runWait(
			[RUNNING],
			{ signal: controller.signal },
			async (order) => {
				if (order === 2) {
					controller.abort();
					await new Promise(() => undefined);
				}
			},
		);
		expect(outcome).toEqual({ kind: 'canceled', statusSummary: 'processing x1' });
		expect([polledAtMs.length, endedAtMs]).toEqual([2, 10_000]);
	});
});
