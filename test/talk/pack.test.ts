import { packPieces, type PackingRule } from '../../nodes/CometApiKling/talk/pack';
import type { CutKind } from '../../nodes/CometApiKling/talk/pieces';

const cutCosts: Record<CutKind, number> = {
	paragraph: 0,
	sentence: 0.1,
	clause: 3,
	word: 8,
	grapheme: 20,
	codePoint: 50,
};

const pieces = (cut: CutKind, ...seconds: number[]) =>
	seconds.map((one) => ({ cut, seconds: one }));

/** At most this many pieces in a group. */
function atMost(count: number, asked: () => void = () => undefined): PackingRule {
	return {
		maxSeconds: 10,
		minSeconds: 1,
		cutCosts,
		fits: (first, last) => {
			asked();
			return last - first < count;
		},
	};
}

const sizesOf = (...args: Parameters<typeof packPieces>): number[] =>
	packPieces(...args).map(({ first, last }) => last - first + 1);

test('makes no groups from no pieces', () => {
	expect(packPieces([], atMost(3))).toEqual([]);
});

test('makes as few groups as possible, evenly filled', () => {
	expect(sizesOf(pieces('sentence', 2, 2, 2, 2), atMost(4))).toEqual([4]);
	expect(sizesOf(pieces('sentence', 2, 2, 2, 2), atMost(3))).toEqual([2, 2]);
	expect(sizesOf(pieces('sentence', 2, 2, 2, 2, 2, 2, 2), atMost(3))).toHaveLength(3);
});

test('a piece that does not fit becomes its own group', () => {
	expect(sizesOf(pieces('word', 5, 5), atMost(0))).toEqual([1, 1]);
});

test('prefers a better cut to even groups', () => {
	const mixed = [...pieces('clause', 2, 2), ...pieces('sentence', 2), ...pieces('clause', 2)];
	expect(sizesOf(mixed, atMost(3))).toEqual([3, 1]);
});

test('prefers a worse cut to a tiny group', () => {
	const mixed = [...pieces('word', 2, 2), ...pieces('sentence', 2), ...pieces('sentence', 0.5)];
	expect(sizesOf(mixed, atMost(3))).toEqual([2, 2]);
});

test.each([1000, 4000])('the number of steps for %d pieces is proportional', (count) => {
	let steps = 0;
	const many = pieces('word', ...Array.from({ length: count }, () => 0.01));
	packPieces(
		many,
		atMost(500, () => steps++),
	);
	expect(steps).toBeLessThanOrEqual(2 * count);
});
