import { Pacer } from '../../nodes/CometApiKling/polling/pacer';
import { VirtualClock } from '../support/virtualClock';

/** When each of those who ask at the same time gets its turn, in milliseconds. */
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

test('turns are spaced out, in the order of asking', async () => {
	expect(await turns(5, 20)).toEqual([0, 50, 100, 150, 200]);
});

test('whoever asks later than its turn would be gets it at once', async () => {
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

test('nobody waits beyond its latest time', async () => {
	expect(await turns(4, 1, 1_500)).toEqual([0, 1_000, 1_500, 1_500]);
});

test('a cancel ends all waits', async () => {
	const controller = new AbortController();
	controller.abort();
	expect(await turns(3, 1, undefined, controller.signal)).toEqual([0, 0, 0]);
});
