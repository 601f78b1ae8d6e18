import { retry } from '../../nodes/CometApiKling/polling/time/retry';
import { VirtualClock } from '../support/virtualClock';

const PAUSES_MS = [1_000, 4_000];

/** The result of a retry, and when each attempt was made, in milliseconds from the start. */
async function retried(
	results: string[],
	abortAtMs?: number,
): Promise<{ result: string; attemptsAtMs: number[]; endedAtMs: number }> {
	const clock = new VirtualClock();
	const start = clock.now();
	const controller = new AbortController();
	const attemptsAtMs: number[] = [];
	const result = await clock.run(async () => {
		if (abortAtMs !== undefined) void clock.sleep(abortAtMs).then(() => controller.abort());
		return await retry(
			{ clock, signal: controller.signal },
			PAUSES_MS,
			async () => {
				attemptsAtMs.push(clock.now() - start);
				return await Promise.resolve(results[attemptsAtMs.length - 1] ?? 'missing');
			},
			(attempt) => attempt !== 'fine',
		);
	});
	return { result, attemptsAtMs, endedAtMs: clock.now() - start };
}

test('makes one attempt if it succeeds', async () => {
	expect(await retried(['fine'])).toEqual({ result: 'fine', attemptsAtMs: [0], endedAtMs: 0 });
});

test('repeats the attempt after each pause', async () => {
	expect(await retried(['busy', 'busy', 'fine'])).toMatchObject({
		result: 'fine',
		attemptsAtMs: [0, 1_000, 5_000],
	});
});

test('returns the last result when the pauses are used up', async () => {
	expect(await retried(['a', 'b', 'c', 'fine'])).toMatchObject({
		result: 'c',
		attemptsAtMs: [0, 1_000, 5_000],
	});
});

test('makes no attempt after an abort, and does not finish the pause', async () => {
	expect(await retried(['a', 'b', 'fine'], 2_000)).toEqual({
		result: 'b',
		attemptsAtMs: [0, 1_000],
		endedAtMs: 2_000,
	});
});

test('works without a signal', async () => {
	const clock = new VirtualClock();
	const result = await clock.run(
		async () =>
			await retry(
				{ clock },
				PAUSES_MS,
				async () => await Promise.resolve(1),
				() => true,
			),
	);
	expect(result).toBe(1);
	expect(clock.sleeps).toEqual(PAUSES_MS);
});
