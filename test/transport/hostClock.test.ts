import { hostClock } from '../../nodes/CometApiKling/transport/hostClock';

afterEach(() => jest.restoreAllMocks());

test.each([
	['back by 30 seconds', -30_000],
	['forward by an hour', 3_600_000],
])('measures time correctly if the system time is set %s', (_, changeMs) => {
	const before = hostClock.now();
	const systemTime = Date.now();
	jest.spyOn(Date, 'now').mockReturnValue(systemTime + changeMs);
	const passedMs = hostClock.now() - before;
	expect(passedMs).toBeGreaterThanOrEqual(0);
	expect(passedMs).toBeLessThan(Math.abs(changeMs));
});

test('a sleep ends at an abort, and does not start after one', async () => {
	const controller = new AbortController();
	const sleeping = hostClock.sleep(3_600_000, controller.signal);
	controller.abort();
	await expect(sleeping).resolves.toBeUndefined();
	await expect(hostClock.sleep(3_600_000, controller.signal)).resolves.toBeUndefined();
});
