import { Pacer } from '../../nodes/CometApiKling/polling/pacer';
import { VirtualClock } from '../support/virtualClock';

/** When each of several simultaneous callers gets its turn, in milliseconds. */
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

test('turns are spaced out, in the order of the calls', async () => {
	expect(await turns(5, 20)).toEqual([0, 50, 100, 150, 200]);
});

test('a caller that comes later than its turn gets it immediately', async () => {
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

test('nobody waits beyond their latest time', async () => {
	expect(await turns(4, 1, 1_500)).toEqual([0, 1_000, 1_500, 1_500]);
});

test('a cancel ends all waits', async () => {
	const controller = new AbortController();
	controller.abort();
	expect(await turns(3, 1, undefined, controller.signal)).toEqual([0, 0, 0]);
});

test('a turn ahead of its time delays nobody else', async () => {
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

	test('spreads those of many tasks at four times the rate', () => {
		const pacer = new Pacer(20, new VirtualClock());
		const tasks = Array.from({ length: 160 }, () => pacer.join());
		const leads = tasks.map((task) => task.leadMs()).sort(ascending);
		expect(leads[0]).toBe(0);
		expect(leads.at(-1)).toBeLessThan(2_000);
		const gaps = leads.slice(1).map((lead, index) => lead - (leads[index] ?? 0));
		expect(Math.max(...gaps)).toBeLessThan(25);
	});

	test('becomes shorter when other tasks leave', () => {
		const pacer = new Pacer(20, new VirtualClock());
		const [first, second] = [pacer.join(), pacer.join()];
		expect(second.leadMs()).toBeCloseTo((0.618 * 2 * 1_000) / 80, 1);
		first.leave();
		expect(second.leadMs()).toBeCloseTo((0.618 * 1_000) / 80, 1);
	});
});
