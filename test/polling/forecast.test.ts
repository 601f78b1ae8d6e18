import fc from 'fast-check';

import { ForecastStore } from '../../nodes/CometApiKling/polling/forecast/forecastStore';
import {
	Forecast,
	learn,
	NO_EXPERIENCE,
	type Experience,
} from '../../nodes/CometApiKling/polling/forecast/forecast';

const MINUTE_MS = 60_000;
const MAX_BLIND_MS = 60_000;

/** The polls of a task with this forecast, up to an age. */
function pollTimes(forecast: Forecast, firstIntervalMs: number, untilMs: number): number[] {
	const ages: number[] = [];
	for (let age = 0; age < untilMs; ) {
		age += forecast.intervalMs(age, firstIntervalMs);
		ages.push(age);
	}
	return ages;
}

describe('a forecast', () => {
	const forecast = new Forecast(3 * MINUTE_MS, 0.25);

	test('polls rarely while a task cannot be finished, and often when it can be', () => {
		const [first = 0] = pollTimes(forecast, 5_000, 10 * MINUTE_MS);
		expect(first).toBeGreaterThan(50_000);
		expect(forecast.intervalMs(3 * MINUTE_MS, 5_000)).toBeLessThan(5_000);
	});

	test('makes fewer polls than a fixed interval of the same length', () => {
		expect(pollTimes(forecast, 5_000, 3 * MINUTE_MS).length).toBeLessThan((3 * MINUTE_MS) / 5_000);
	});

	test('has the density of the square root of hazard times mean time', () => {
		const medianMs = 8 * MINUTE_MS;
		const spread = 0.5;
		// The parameters of a log-logistic distribution: the shape for this spread, and the hazard at
		// its median.
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

	test('still has an interval if a task is long overdue', () => {
		const interval = new Forecast(1_000, 0.01).intervalMs(1e9, 5_000);
		expect(interval).toBeGreaterThan(0);
		expect(interval).toBeLessThanOrEqual(MAX_BLIND_MS);
	});

	test('polls a task at least once a minute, because it may fail early', () => {
		const long = new Forecast(60 * MINUTE_MS, 0.2);
		expect(long.intervalMs(0, 5_000)).toBe(MAX_BLIND_MS);
	});

	test('waits longer between polls for tasks of an hour', () => {
		const hour = new Forecast(60 * MINUTE_MS, 0.25);
		const tenMinutes = new Forecast(10 * MINUTE_MS, 0.25);
		const share =
			hour.intervalMs(60 * MINUTE_MS, 5_000) / tenMinutes.intervalMs(10 * MINUTE_MS, 5_000);
		expect(share).toBeGreaterThan(2);
	});

	test('always has a positive interval of at most a minute', () => {
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

	test.each([0, -5, NaN, Infinity])('ignores a duration of %d', (durationMs) => {
		expect(learn(NO_EXPERIENCE, durationMs)).toEqual(NO_EXPERIENCE);
	});
});

describe('the forecast store', () => {
	const size = { kind: 'avatar:std', audioSeconds: 10 };

	function storeOf(...timesMs: number[]): ForecastStore {
		const store = new ForecastStore(new Map());
		for (const durationMs of timesMs) store.add(size, durationMs);
		return store;
	}

	test('has no forecast before three tasks of the kind have ended', () => {
		expect(storeOf(60_000, 60_000).forecast(size)).toBeUndefined();
		const store = storeOf(60_000, 60_000, 60_000);
		expect(store.forecast(size)?.medianMs).toBeCloseTo(60_000);
		expect(store.forecast({ kind: 'avatar:pro' })).toBeUndefined();
	});

	test('does not rely on three equal durations', () => {
		expect(storeOf(60_000, 60_000, 60_000).forecast(size)?.spread).toBeGreaterThan(0.3);
	});

	test('expects longer audio to take longer', () => {
		const store = storeOf(60_000, 60_000, 60_000);
		const longer = store.forecast({ ...size, audioSeconds: 50 });
		expect(longer?.medianMs).toBeCloseTo(180_000);
	});

	test('keeps its experience for the next execution in the process', () => {
		const kind = 'kept in the process';
		const before = new ForecastStore();
		for (const durationMs of [50_000, 60_000, 70_000]) before.add({ kind }, durationMs);
		expect(new ForecastStore().forecast({ kind })).toEqual(before.forecast({ kind }));
		expect(before.forecast({ kind })).toBeDefined();
	});

	test('forgets the least recently used kind after 50 kinds', () => {
		const experiences = new Map<string, Experience>();
		const store = new ForecastStore(experiences);
		for (let kind = 0; kind < 50; kind++) store.add({ kind: String(kind) }, 60_000);
		store.add({ kind: '0' }, 60_000);
		store.add({ kind: 'new' }, 60_000);
		expect(experiences.size).toBe(50);
		expect(experiences.has('0')).toBe(true);
		expect(experiences.has('1')).toBe(false);
	});
});
