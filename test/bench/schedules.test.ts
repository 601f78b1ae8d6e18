import { compareSchedules, isBetter } from './schedules/compare';
import { BASELINES } from './schedules/baselines';
import { TaskTimes } from './schedules/taskTimes';

/** With this many tasks, costs are accurate to a few hundredths; the benchmark uses more. */
const TASKS = 600;

/** Each search calculates a dozen such costs, so these three represent the others. */
const SEARCHED = BASELINES.filter(({ name }) => /^(fixed 5 s|3 to 15 s|5 to 30 s)/.test(name));

describe.each([60, 180, 600])('tasks with a median of %d s', (medianSeconds) => {
	const times = new TaskTimes(medianSeconds * 1000, 0.25);

	test('no baseline has both less lag and fewer requests, and experience reduces both', () => {
		const { cold, warm, baselines } = compareSchedules(times, TASKS);
		const better = baselines.filter(({ cost }) => isBetter(cost, cold) || isBetter(cost, warm));
		expect(better.map(({ baseline }) => baseline.name)).toEqual([]);
		expect(isBetter(warm, cold)).toBe(true);
	});

	test('with as many requests as a baseline, the lag is at most half as long', () => {
		for (const { cost, matched } of compareSchedules(times, TASKS, SEARCHED).baselines) {
			const ours = matched();
			expect(ours.requests).toBeLessThanOrEqual(cost.requests);
			expect(ours.lagMs).toBeLessThanOrEqual(cost.lagMs / 2);
		}
	});
});
