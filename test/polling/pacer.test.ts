import { Pacer } from '../../nodes/CometApiKling/polling/limits/pacer';
import { VirtualClock } from '../support/virtualClock';

/** When each of several simultaneous callers may send its request, in milliseconds. */
async function turns(
	count: number,
	perSecond: number,
	latestMs?: number,
	signal?: AbortSignal,
): Promise<number[]> {
	const clock = new VirtualClock();
	const start = clock.now();
	const pacer = new Pacer(perSecond, clock);
	return await clock.run(
		async () =>
			await Promise.all(
				Array.from({ length: count }, async () => {
					await pacer.turn(signal, latestMs === undefined ? undefined : start + latestMs);
					return clock.now() - start;
				}),
			),
	);
}

test('requests are spaced out, in the order of the calls', async () => {
	expect(await turns(5, 20)).toEqual([0, 50, 100, 150, 200]);
});

test('a caller that arrives after its time may send immediately', async () => {
	const clock = new VirtualClock();
	const pacer = new Pacer(20, clock);
	const start = clock.now();
	await clock.run(async () => {
		await pacer.turn();
		await clock.sleep(1_000);
		await pacer.turn();
	});
	expect(clock.now() - start).toBe(1_000);
});

test('no caller waits beyond its latest time', async () => {
	expect(await turns(4, 1, 1_500)).toEqual([0, 1_000, 1_500, 1_500]);
});

test('a cancellation ends all waits', async () => {
	const controller = new AbortController();
	controller.abort();
	expect(await turns(3, 1, undefined, controller.signal)).toEqual([0, 0, 0]);
});

test('a request before its time delays no other caller', async () => {
	const clock = new VirtualClock();
	const start = clock.now();
	const pacer = new Pacer(1, clock);
	await clock.run(async () => {
		await Promise.all([pacer.turn(), pacer.turn(undefined, start + 100), pacer.turn()]);
	});
	expect(clock.now() - start).toBe(1_000);
});

describe('the lead of last polls', () => {
	const ascending = (one: number, other: number): number => one - other;

	/** The leads of this many tasks, in ascending order, and the gaps between them. */
	function leadsOf(count: number, maxMs: number): { leads: number[]; gaps: number[] } {
		const pacer = new Pacer(20, new VirtualClock());
		const tasks = Array.from({ length: count }, () => pacer.join());
		const leads = tasks.map((task) => task.leadMs(maxMs)).sort(ascending);
		return { leads, gaps: leads.slice(1).map((lead, index) => lead - (leads[index] ?? 0)) };
	}

	test('spreads them at four times the rate', () => {
		const { leads, gaps } = leadsOf(160, Infinity);
		expect(leads[0]).toBe(0);
		expect(leads.at(-1)).toBeLessThan(2_000);
		expect(leads.at(-1)).toBeGreaterThan(1_950);
		expect(Math.max(...gaps)).toBeLessThan(25);
	});

	test('spreads them evenly over less time if there is no more', () => {
		const { leads, gaps } = leadsOf(160, 1_000);
		expect(leads.at(-1)).toBeLessThan(1_000);
		expect(Math.max(...gaps)).toBeLessThan(12.5);
	});

	test('does not shrink while tasks leave, but starts again after all have left', () => {
		const pacer = new Pacer(20, new VirtualClock());
		const [first, second] = [pacer.join(), pacer.join()];
		const leadMs = second.leadMs(Infinity);
		expect(leadMs).toBeCloseTo((0.618 * 2 * 1_000) / 80, 1);
		first.leave();
		expect(second.leadMs(Infinity)).toBe(leadMs);
		second.leave();
		expect(pacer.join().leadMs(Infinity)).toBeCloseTo((0.236 * 1_000) / 80, 1);
	});
});
