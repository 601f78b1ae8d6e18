import fc from 'fast-check';

import { Forecast } from '../../nodes/CometApiKling/polling/forecast/forecast';
import {
	MAX_INTERVAL_MS,
	MIN_INTERVAL_MS,
	nextIntervalMs,
} from '../../nodes/CometApiKling/polling/forecast/schedule';

const MINUTE_MS = 60_000;

/** The middle of the range of the jitter. */
const NO_JITTER = 0.5;

function interval(ageMs: number, firstIntervalMs = 5_000, random = NO_JITTER): number {
	return nextIntervalMs({ ageMs, firstIntervalMs, random });
}

describe('without a forecast', () => {
	test('the interval is the Poll Interval for three minutes, and then it grows', () => {
		expect(interval(0)).toBe(5_000);
		expect(interval(3 * MINUTE_MS)).toBe(5_000);
		expect(interval(12 * MINUTE_MS)).toBe(10_000);
	});

	test('the interval grows to half a minute, but is never below the Poll Interval', () => {
		expect(interval(1e9)).toBe(MAX_INTERVAL_MS);
		expect(interval(1e9, 45_000)).toBe(45_000);
	});

	test('the jitter is a tenth', () => {
		expect(interval(0, 5_000, 0)).toBe(4_500);
		expect(interval(0, 5_000, 1)).toBe(5_500);
	});
});

test('a forecast replaces the age', () => {
	const forecast = new Forecast(3 * MINUTE_MS, 0.25);
	const known = nextIntervalMs({
		ageMs: 0,
		firstIntervalMs: 5_000,
		forecast,
		random: NO_JITTER,
	});
	expect(known).toBe(Math.round(forecast.intervalMs(0, 5_000)));
});

test('no task is polled more often than twice a second, regardless of the forecast', () => {
	fc.assert(
		fc.property(
			fc.double({ min: 1, max: 1e7, noNaN: true }),
			fc.double({ min: 0, max: 1e8, noNaN: true }),
			fc.double({ min: 0, max: 0.999, noNaN: true }),
			(medianMs, ageMs, random) => {
				const forecast = new Forecast(medianMs, 0.2);
				const next = nextIntervalMs({ ageMs, firstIntervalMs: 1_000, forecast, random });
				expect(next).toBeGreaterThanOrEqual(MIN_INTERVAL_MS);
				expect(Number.isInteger(next)).toBe(true);
			},
		),
	);
});
