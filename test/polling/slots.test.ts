import fc from 'fast-check';

import { Slots, type Slot } from '../../nodes/CometApiKling/polling/limits/slots';
import { VirtualClock } from '../support/virtualClock';
import { runBatch } from './batch';

const SECOND = 1000;

/** Longest pause between probes while none of our tasks runs, with its jitter. */
const LONE_PROBE_MS = 15 * SECOND * 1.2;

test('holds no more slots than the limit, first come, first served', async () => {
	const batch = await runBatch({ items: 7, limit: 3, slots: 100, taskMs: [60 * SECOND] });
	expect(batch.mostUnfinished).toBe(3);
	expect(batch.startedOrder).toEqual([0, 1, 2, 3, 4, 5, 6]);
	expect(batch.refused).toBe(0);
});

test('a slot of ours that becomes free is used at once', async () => {
	const batch = await runBatch({ items: 2, limit: 1, slots: 1, taskMs: [60 * SECOND] });
	expect(batch.endedAfterMs).toBe(2 * (60 * SECOND + batch.createMs));
});

test('a rejected item goes before the items after it', async () => {
	const batch = await runBatch({ items: 6, limit: 6, slots: 2, taskMs: [60 * SECOND] });
	expect(batch.startedOrder).toEqual([0, 1, 2, 3, 4, 5]);
});

test('few requests are pending before the service has accepted any', async () => {
	const batch = await runBatch({ items: 20, limit: 20, slots: 0, taskMs: [], giveUpAfterMs: 1 });
	expect(batch.mostSubmitting).toBe(2);
});

describe('tasks of others', () => {
	test('20 items, 5 slots, 2 of them held for a while: few rejections and little delay', async () => {
		const taskMs = [150, 210, 180, 240, 130, 170].map((seconds) => seconds * SECOND);
		const held = { count: 2, unreadableMs: 240 * SECOND };
		const batch = await runBatch({ items: 20, limit: 20, slots: 5, held, taskMs });
		expect(batch.startedOrder).toHaveLength(20);
		expect(batch.refused).toBeLessThan(3 * 20);
		// 3 slots for 240 s and then 5: the tasks' 3600 s take at least 816 s.
		expect(batch.endedAfterMs).toBeLessThan(1.25 * 816 * SECOND);
	});

	test('if they hold all slots, a slot that they free is used within seconds', async () => {
		const held = { count: 5, unreadableMs: 600 * SECOND };
		const batch = await runBatch({ items: 1, limit: 10, slots: 5, held, taskMs: [SECOND] });
		expect(batch.startedAtMs[0]).toBeLessThan(600 * SECOND + LONE_PROBE_MS);
	});

	test('uses all slots of an account that grows', async () => {
		const held = { count: 4, unreadableMs: 100 * SECOND };
		const batch = await runBatch({ items: 40, limit: 5, slots: 5, held, taskMs: [60 * SECOND] });
		expect(batch.mostUnfinished).toBe(5);
	});
});

describe('pauses between probes', () => {
	interface Line {
		clock: VirtualClock;
		slots: Slots;
		/** Seconds since the start. */
		elapsed(): number;
	}

	/** A queue in which some of our tasks run. */
	async function inLine<T>(
		running: number,
		work: (line: Line) => Promise<T>,
		randoms?: number[],
	): Promise<T> {
		const clock = new VirtualClock(undefined, randoms);
		const start = clock.now();
		const slots = new Slots(20, clock);
		return await clock.run(async () => {
			for (let order = 0; order < running; order++) (await slots.acquire(order))?.accepted();
			return await work({ clock, slots, elapsed: () => (clock.now() - start) / SECOND });
		});
	}

	/** When each of this many probes is made, in seconds, if all are rejected. */
	async function refuse(count: number, { slots, elapsed }: Line): Promise<number[]> {
		const createdAt: number[] = [];
		for (let probe = 0; probe < count; probe++) {
			const slot = await slots.acquire(99);
			createdAt.push(elapsed());
			slot?.refused();
		}
		return createdAt;
	}

	test('grow threefold, up to a minute and a half while one of our tasks runs', async () => {
		const createdAt = await inLine(1, async (line) => await refuse(6, line));
		expect(createdAt).toEqual([0, 5, 20, 65, 155, 245]);
	});

	test('are no longer than 15 seconds while none of them runs', async () => {
		expect(await inLine(0, async (line) => await refuse(5, line))).toEqual([0, 5, 20, 35, 50]);
	});

	test('are short again after a task was accepted', async () => {
		const createdAt = await inLine(1, async (line) => {
			await refuse(4, line);
			(await line.slots.acquire(99))?.accepted();
			return await refuse(2, line);
		});
		expect(createdAt).toEqual([155, 160]);
	});

	test('are for one probe at a time, even if another request gets a response in the meantime', async () => {
		const admitted: number[] = [];
		await inLine(0, async ({ clock, slots }) => {
			const running = [await slots.acquire(0), await slots.acquire(0)];
			for (const slot of running) slot?.accepted();
			(await slots.acquire(1))?.refused();
			await clock.sleep(5 * SECOND);
			const probe = await slots.acquire(2);
			for (const slot of running) slot?.release();
			// Slots that the account is known to have are free again, so this request is not a probe.
			const task = await slots.acquire(3);
			void slots.acquire(4).then(() => admitted.push(4));
			task?.accepted();
			await clock.sleep(SECOND);
			expect(admitted).toEqual([]);
			probe?.accepted();
			await clock.sleep(SECOND);
		});
		expect(admitted).toEqual([4]);
	});

	test('grow once for simultaneous rejections', async () => {
		const createdAt = await inLine(0, async (line) => {
			const together = await Promise.all([line.slots.acquire(0), line.slots.acquire(1)]);
			for (const slot of together) slot?.refused();
			return await refuse(2, line);
		});
		expect(createdAt).toEqual([5, 20]);
	});

	test.each([
		[0, [0, 4, 16]],
		[0.75, [0, 5.5, 22]],
	])('vary by a fifth in both directions: a random number of %d', async (random, expected) => {
		expect(await inLine(1, async (line) => await refuse(3, line), [random])).toEqual(expected);
	});
});

describe('a pause that the service requests', () => {
	/** When the second of two requests is made, after a rejection that requests this pause. */
	async function secondRequestAfter(retryAfterMs: number): Promise<number> {
		const clock = new VirtualClock();
		const start = clock.now();
		return await clock.run(async () => {
			const slots = new Slots(5, clock);
			const first = await slots.acquire(0);
			first?.refused(retryAfterMs);
			await slots.acquire(0);
			return clock.now() - start;
		});
	}

	test('is honored', async () => expect(await secondRequestAfter(60_000)).toBe(60_000));
	test('is limited to two minutes', async () =>
		expect(await secondRequestAfter(9e9)).toBe(120_000));
	test('does not shorten our own pause', async () =>
		expect(await secondRequestAfter(1)).toBe(5_000));
});

describe('a deadline', () => {
	/** When an item with a deadline gets its slot, after a rejection that pauses for a minute. */
	async function admittedAt(deadlineMs: number) {
		const clock = new VirtualClock();
		const start = clock.now();
		const slots = new Slots(2, clock);
		return await clock.run(async () => {
			(await slots.acquire(0))?.refused(60_000);
			await slots.acquire(0, start + deadlineMs);
			return clock.now() - start;
		});
	}

	test('ends a longer pause, and a shorter one ends before it', async () => {
		expect(await admittedAt(10_000)).toBe(10_000);
		expect(await admittedAt(90_000)).toBe(60_000);
	});

	test('does not exceed the limit: our own task has to end first', async () => {
		const clock = new VirtualClock();
		const start = clock.now();
		const slots = new Slots(1, clock);
		await clock.run(async () => {
			const held = await slots.acquire(0);
			held?.accepted();
			void clock.sleep(30_000).then(() => held?.release());
			await slots.acquire(1, start + 10_000);
		});
		expect(clock.now() - start).toBe(30_000);
	});

	test('admits each item once, even if timers fire early', async () => {
		const clock = new VirtualClock();
		const sleep = clock.sleep.bind(clock);
		clock.sleep = async (ms, signal) => await sleep(Math.max(1, Math.floor(ms / 2)), signal);
		const start = clock.now();
		const slots = new Slots(2, clock);
		const times = await clock.run(async () => {
			const together = await Promise.all([slots.acquire(0), slots.acquire(1)]);
			for (const slot of together) slot?.refused(60_000);
			return await Promise.all(
				[0, 1].map(async (order) => {
					await slots.acquire(order, start + 10_000);
					return clock.now() - start;
				}),
			);
		});
		expect(times).toEqual([10_000, 10_000]);
	});
});

describe('a cancellation', () => {
	test('admits no more items', async () => {
		const controller = new AbortController();
		const clock = new VirtualClock();
		const slots = new Slots(1, clock, controller.signal);
		const held = await slots.acquire(0);
		held?.accepted();
		const waiting = slots.acquire(1);
		controller.abort();
		expect(await waiting).toBeUndefined();
		expect(await slots.acquire(2)).toBeUndefined();
	});
});

test('releasing twice returns one slot', async () => {
	const slots = new Slots(1, new VirtualClock());
	const first = await slots.acquire(0);
	first?.accepted();
	first?.release();
	first?.release();
	const admitted: Slot[] = [];
	for (const order of [1, 2]) void slots.acquire(order).then((slot) => slot && admitted.push(slot));
	await new Promise((resolve) => setImmediate(resolve));
	admitted[0]?.accepted();
	await new Promise((resolve) => setImmediate(resolve));
	expect(admitted).toHaveLength(1);
});

const plan = fc.record({
	items: fc.integer({ min: 1, max: 40 }),
	limit: fc.integer({ min: 1, max: 20 }),
	slots: fc.integer({ min: 1, max: 20 }),
	held: fc.record({
		count: fc.integer({ min: 0, max: 20 }),
		unreadableMs: fc.integer({ min: 0, max: 900 * SECOND }),
	}),
	taskMs: fc.array(fc.integer({ min: 1, max: 600 * SECOND }), { minLength: 1, maxLength: 8 }),
	createMs: fc.integer({ min: 0, max: 30 * SECOND }),
	randoms: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 5 }),
});

test('for any account and tasks, all items get through, within the limit and in time', async () => {
	await fc.assert(
		fc.asyncProperty(plan, async (one) => {
			const batch = await runBatch(one);
			expect([...batch.startedOrder].sort((a, b) => a - b)).toEqual(
				Array.from({ length: one.items }, (_, index) => index),
			);
			expect(batch.mostUnfinished).toBeLessThanOrEqual(Math.min(one.limit, one.slots));
			// A probe waits for no more than this before each item; the rest is the tasks' own time.
			expect(batch.longestIdleMs).toBeLessThanOrEqual(LONE_PROBE_MS + 2 * one.createMs);
		}),
		{ numRuns: 200 },
	);
});
