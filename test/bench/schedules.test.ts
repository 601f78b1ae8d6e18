import { compareSchedules, isBetter } from './schedules/compare';
import { RIVALS } from './schedules/rivals';
import { TaskTimes } from './schedules/taskTimes';

/** Enough that costs are known to a few hundredths; the benchmark itself takes more. */
const TASKS = 600;

/** Each search makes a dozen such costs, and these three stand for the others. */
const SEARCHED = RIVALS.filter(({ name }) => /^(fixed 5 s|3 to 15 s|5 to 30 s)/.test(name));

describe.each([60, 180, 600])('tasks with a median of %d s', (medianSeconds) => {
	const times = new TaskTimes(medianSeconds * 1000, 0.25);

	test('no rival has both less lag and fewer requests, and knowledge saves both', () => {
		const { cold, warm, baselines } = compareSchedules(times, TASKS);
		const better = baselines.filter(({ cost }) => isBetter(cost, cold) || isBetter(cost, warm));
		expect(better.map(({ rival }) => rival.name)).toEqual([]);
		expect(isBetter(warm, cold)).toBe(true);
	});

	test('with as many requests as a rival, the lag is at most half of its', () => {
		for (const { cost, matched } of compareSchedules(times, TASKS, SEARCHED).baselines) {
			const ours = matched();
			expect(ours.requests).toBeLessThanOrEqual(cost.requests);
			expect(ours.lagMs).toBeLessThanOrEqual(cost.lagMs / 2);
		}
	});
});
