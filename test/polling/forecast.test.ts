import fc from 'fast-check';

import { ForecastStore } from '../../nodes/CometApiKling/polling/forecastStore';
import { isRecord } from '../support/isRecord';
import { Forecast, learn, NO_EXPERIENCE } from '../../nodes/CometApiKling/polling/forecast';

const MINUTE_MS = 60_000;
const MAX_BLIND_MS = 60_000;

/** When a task of this forecast is looked at, up to an age. */
function looks(forecast: Forecast, firstIntervalMs: number, untilMs: number): number[] {
	const ages: number[] = [];
	for (let age = 0; age < untilMs; ) {
		age += forecast.intervalMs(age, firstIntervalMs);
		ages.push(age);
	}
	return ages;
}

describe('a forecast', () => {
	const forecast = new Forecast(3 * MINUTE_MS, 0.25);

	test('leaves a task alone while it cannot be done, and looks closely when it can', () => {
		const [first = 0] = looks(forecast, 5_000, 10 * MINUTE_MS);
		expect(first).toBeGreaterThan(50_000);
		expect(forecast.intervalMs(3 * MINUTE_MS, 5_000)).toBeLessThan(5_000);
	});

	test('makes fewer looks than a fixed interval of the same length', () => {
		expect(looks(forecast, 5_000, 3 * MINUTE_MS).length).toBeLessThan((3 * MINUTE_MS) / 5_000);
	});

	test('has looks as dense as the root of hazard times mean time asks', () => {
		const medianMs = 8 * MINUTE_MS;
		const spread = 0.5;
		// Of a log-logistic distribution: the shape that gives this spread, and the hazard at its median.
		const hazard = Math.PI / (Math.sqrt(3) * spread) / (2 * medianMs);
		const meanMs = medianMs * Math.exp(spread ** 2 / 2);
		const intervalMs = new Forecast(medianMs, spread).intervalMs(medianMs, 1_000);
		expect(intervalMs / (1_000 / Math.sqrt(hazard * meanMs))).toBeCloseTo(1, 2);
	});

	test('has intervals that follow the poll interval in small steps', () => {
		const [one = 0, other = 0] = [5_000, 5_010].map((firstIntervalMs) =>
			forecast.intervalMs(3 * MINUTE_MS, firstIntervalMs),
		);
		expect(other / one).toBeCloseTo(5_010 / 5_000, 4);
	});

	test('still names an interval where a task is long overdue', () => {
		const interval = new Forecast(1_000, 0.01).intervalMs(1e9, 5_000);
		expect(interval).toBeGreaterThan(0);
		expect(interval).toBeLessThanOrEqual(MAX_BLIND_MS);
	});

	test('never leaves a task alone for more than a minute: it may fail early', () => {
		const long = new Forecast(60 * MINUTE_MS, 0.2);
		expect(long.intervalMs(0, 5_000)).toBe(MAX_BLIND_MS);
	});

	test('is more patient with tasks of an hour', () => {
		const hour = new Forecast(60 * MINUTE_MS, 0.25);
		const tenMinutes = new Forecast(10 * MINUTE_MS, 0.25);
		const share =
			hour.intervalMs(60 * MINUTE_MS, 5_000) / tenMinutes.intervalMs(10 * MINUTE_MS, 5_000);
		expect(share).toBeGreaterThan(2);
	});

	test('always names an interval: positive, and a minute at most', () => {
		fc.assert(
			fc.property(
				fc.double({ min: 1, max: 1e8, noNaN: true }),
				fc.double({ min: 0.05, max: 3, noNaN: true }),
				fc.double({ min: 0, max: 1e9, noNaN: true }),
				fc.double({ min: 1_000, max: 600_000, noNaN: true }),
				(medianMs, spread, ageMs, firstIntervalMs) => {
					const interval = new Forecast(medianMs, spread).intervalMs(ageMs, firstIntervalMs);
					expect(interval).toBeGreaterThan(0);
					expect(interval).toBeLessThanOrEqual(MAX_BLIND_MS);
				},
			),
		);
	});
});

describe('experience', () => {
	test('is the mean and the spread of the logarithms', () => {
		const experience = [1, Math.E, Math.E ** 2].reduce(learn, NO_EXPERIENCE);
		expect(experience.count).toBe(3);
		expect(experience.meanLogMs).toBeCloseTo(1);
		expect(experience.squares).toBeCloseTo(2);
	});

	test('follows a service that has become faster', () => {
		const slow = Array.from({ length: 500 }, () => 600_000);
		const fast = Array.from({ length: 100 }, () => 60_000);
		const experience = [...slow, ...fast].reduce(learn, NO_EXPERIENCE);
		expect(Math.exp(experience.meanLogMs)).toBeLessThan(80_000);
	});

	test('counts the latest forty tasks', () => {
		const many = Array.from({ length: 100 }, () => 60_000);
		expect(many.slice(0, 40).reduce(learn, NO_EXPERIENCE).count).toBe(40);
		expect(many.reduce(learn, NO_EXPERIENCE).count).toBe(40);
	});

	test.each([0, -5, NaN, Infinity])('is left as it is by a time of %d', (durationMs) => {
		expect(learn(NO_EXPERIENCE, durationMs)).toEqual(NO_EXPERIENCE);
	});
});

describe('the book', () => {
	const size = { kind: 'avatar:std', audioSeconds: 10 };

	function bookOf(...timesMs: number[]): ForecastStore {
		const book = new ForecastStore({});
		for (const durationMs of timesMs) book.add(size, durationMs);
		return book;
	}

	test('says nothing before three tasks of the kind have ended', () => {
		expect(bookOf(60_000, 60_000).forecast(size)).toBeUndefined();
		const book = bookOf(60_000, 60_000, 60_000);
		expect(book.forecast(size)?.medianMs).toBeCloseTo(60_000);
		expect(book.forecast({ kind: 'avatar:pro' })).toBeUndefined();
	});

	test('does not take three equal times for a law', () => {
		expect(bookOf(60_000, 60_000, 60_000).forecast(size)?.spread).toBeGreaterThan(0.3);
	});

	test('expects longer audio to take longer', () => {
		const book = bookOf(60_000, 60_000, 60_000);
		const longer = book.forecast({ ...size, audioSeconds: 50 });
		expect(longer?.medianMs).toBeCloseTo(180_000);
	});

	test('comes back from the static data', () => {
		const store: Record<string, unknown> = {};
		const before = new ForecastStore(store);
		for (const durationMs of [50_000, 60_000, 70_000]) before.add(size, durationMs);
		before.save();
		const stored: unknown = JSON.parse(JSON.stringify(store));
		expect(new ForecastStore(isRecord(stored) ? stored : {}).forecast(size)).toEqual(
			before.forecast(size),
		);
	});

	test.each([
		['nothing', undefined],
		['a text', 'times'],
		['a broken entry', { 'avatar:std': { count: 'many', meanLogMs: 1, squares: 1 } }],
		['a count of zero', { 'avatar:std': { count: 0, meanLogMs: 1, squares: 1 } }],
		['a spread below zero', { 'avatar:std': { count: 9, meanLogMs: 1, squares: -1 } }],
	])('bears %s in the static data', (_what, taskTimes) => {
		expect(new ForecastStore({ taskTimes }).forecast(size)).toBeUndefined();
	});
});
