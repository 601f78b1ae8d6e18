import fc from 'fast-check';

import { idealSeconds } from './batches/ideal';

const FREE = { held: 0, heldSeconds: 0 };

test('takes as long as the slowest task if each task has a slot', () => {
	expect(idealSeconds([3, 9, 5], { slots: 3, ...FREE })).toBe(9);
});

test('takes the sum of all tasks if there is one slot', () => {
	expect(idealSeconds([3, 9, 5], { slots: 1, ...FREE })).toBe(17);
});

test('waits for slots that others hold only if they are needed', () => {
	expect(idealSeconds([10, 10], { slots: 2, held: 1, heldSeconds: 4 })).toBe(14);
	expect(idealSeconds([10], { slots: 2, held: 1, heldSeconds: 400 })).toBe(10);
});

test('is never below what the slots allow, nor below the slowest task', () => {
	fc.assert(
		fc.property(
			fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 50 }),
			fc.integer({ min: 1, max: 20 }),
			(seconds, slots) => {
				const ideal = idealSeconds(seconds, { slots, ...FREE });
				const sum = seconds.reduce((total, one) => total + one, 0);
				expect(ideal).toBeGreaterThanOrEqual(Math.max(...seconds, sum / slots));
				expect(ideal).toBeLessThanOrEqual(sum);
			},
		),
	);
});
