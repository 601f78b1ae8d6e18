import fc from 'fast-check';

import { graphemeBoundaries, trimRange } from '../../nodes/CometApiKling/talk/graphemes';
import { graphemeStarts, texts } from './texts';

test('finds the same boundaries as the segmenter, in any order', () => {
	fc.assert(
		fc.property(texts, (text) => {
			const starts = graphemeStarts(text);
			const isBoundary = graphemeBoundaries(text);
			const indexes = Array.from({ length: text.length + 1 }, (_, index) => index);
			// An empty text has no segment, and both ends are boundaries.
			const found = indexes.filter((index) => isBoundary(index));
			expect(found).toEqual([...new Set([0, ...starts])].sort((one, other) => one - other));
		}),
		{ numRuns: 50 },
	);
});

test.each([
	['  a b \n', 'a b'],
	['a', 'a'],
	[' \t ', ''],
	[' \u0301a ', ' \u0301a'],
	['   \u0301a', ' \u0301a'],
	['\u0600 ', '\u0600 '],
])('%j without whitespace is %j', (text, trimmed) => {
	const range = trimRange(text, { start: 0, end: text.length }, graphemeBoundaries(text));
	expect(text.slice(range.start, range.end)).toBe(trimmed);
});
