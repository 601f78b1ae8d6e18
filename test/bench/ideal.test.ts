import fc from 'fast-check';

import { idealSeconds } from './batches/ideal';

const FREE = { held: 0, heldSeconds: 0 };

test('with a slot for each task it is the slowest task', () => {
	expect(idealSeconds([3, 9, 5], { slots: 3, ...FREE })).toBe(9);
});

test('with one slot it is their sum', () => {
	expect(idealSeconds([3, 9, 5], { slots: 1, ...FREE })).toBe(17);
});

test('slots that others hold come later, and nobody waits for those that are not needed', () => {
	expect(idealSeconds([10, 10], { slots: 2, held: 1, heldSeconds: 4 })).toBe(14);
	expect(idealSeconds([10], { slots: 2, held: 1, heldSeconds: 400 })).toBe(10);
});

test('it is never below what the slots can do, nor below the slowest task', () => {
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
