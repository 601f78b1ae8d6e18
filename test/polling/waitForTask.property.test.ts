import fc from 'fast-check';

import { Pacer } from '../../nodes/CometApiKling/polling/limits/pacer';
import type { PollResult } from '../../nodes/CometApiKling/polling/pollResult';
import { MIN_INTERVAL_MS } from '../../nodes/CometApiKling/polling/forecast/schedule';
import { waitForTask } from '../../nodes/CometApiKling/polling/waitForTask';
import { VirtualClock } from '../support/virtualClock';

/** The jitter is at most a tenth. */
const SMALLEST_SHARE = 0.9;

const pollResult: fc.Arbitrary<PollResult<string, string>> = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.record({
			kind: fc.constant('running' as const),
			status: fc.string(),
			statusIsKnown: fc.boolean(),
		}),
	},
	{
		weight: 4,
		arbitrary: fc.record({
			kind: fc.constant('transient' as const),
			label: fc.string(),
			retryAfterMs: fc.option(fc.double({ min: -1e6, max: 1e9, noNaN: true }), { nil: undefined }),
		}),
	},
	fc.record({ kind: fc.constant('notFound' as const), label: fc.string(), reason: fc.string() }),
	fc.record({ kind: fc.constant('permanent' as const), label: fc.string(), reason: fc.string() }),
	fc.record({ kind: fc.constant('ended' as const), status: fc.string(), task: fc.string() }),
);

/** A response, how long it takes, and whether it throws instead. */
const step = fc.record({
	result: pollResult,
	durationMs: fc.integer({ min: 0, max: 60_000 }),
	throws: fc.boolean(),
});

const script = fc.record({
	steps: fc.array(step, { maxLength: 40 }),
	maxWaitMs: fc.integer({ min: 1, max: 4_000_000 }),
	firstIntervalMs: fc.integer({ min: MIN_INTERVAL_MS, max: 600_000 }),
	cancelAtMs: fc.option(fc.integer({ min: 0, max: 2_000_000 }), { nil: undefined }),
	pollImmediately: fc.boolean(),
	isNew: fc.boolean(),
	randoms: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 5 }),
});

test('any script of responses ends in time, polls at a moderate rate and stops when canceled', async () => {
	await fc.assert(
		fc.asyncProperty(script, async (one) => {
			const clock = new VirtualClock(1_000_000, one.randoms);
			const start = clock.now();
			const controller = new AbortController();
			const polledAt: number[] = [];
			const polledAfterCancel: number[] = [];
			const outcome = await clock.run(async () => {
				if (one.cancelAtMs !== undefined)
					void clock.sleep(one.cancelAtMs).then(() => controller.abort());
				return await waitForTask<string, string>(
					async () => {
						polledAt.push(clock.now() - start);
						if (controller.signal.aborted) polledAfterCancel.push(clock.now());
						const next = one.steps[(polledAt.length - 1) % Math.max(1, one.steps.length)];
						if (!next) return { kind: 'running', status: 'processing', statusIsKnown: true };
						await clock.sleep(next.durationMs);
						if (next.throws) throw new Error('a failed poll');
						return next.result;
					},
					{
						maxWaitMs: one.maxWaitMs,
						firstIntervalMs: one.firstIntervalMs,
						pollImmediately: one.pollImmediately,
						...(one.isNew && { createdAt: start }),
						signal: controller.signal,
					},
					clock,
					new Pacer(20, clock),
				);
			});
			const durationMs = clock.now() - start;
			expect(durationMs).toBeLessThanOrEqual(Math.max(one.maxWaitMs, 1));
			expect(polledAfterCancel).toEqual([]);
			// Only the two polls that are reserved at the end may come sooner than the schedule says.
			const gaps = polledAt.slice(1).map((at, index) => at - (polledAt[index] ?? 0));
			const short = gaps.filter((gap) => gap < MIN_INTERVAL_MS * SMALLEST_SHARE);
			expect(short.length).toBeLessThanOrEqual(2);
			if (outcome.kind === 'canceled') expect(durationMs).toBeLessThanOrEqual(one.cancelAtMs ?? -1);
			if (outcome.kind !== 'ended') expect(typeof outcome.statusSummary).toBe('string');
		}),
		{ numRuns: 300 },
	);
});
