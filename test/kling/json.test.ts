import fc from 'fast-check';

import {
	isRecord,
	numberOf,
	parseJson,
	recordsOf,
	textOf,
} from '../../nodes/CometApiKling/kling/json';

test.each([
	[{}, true],
	[{ a: 1 }, true],
	[[], false],
	[null, false],
	[undefined, false],
	['{}', false],
	[1, false],
])('%j is an object: %s', (value, expected) => {
	expect(isRecord(value)).toBe(expected);
});

test('text that is not JSON yields undefined', () => {
	expect(parseJson('{"a":[1,null]}')).toEqual({ a: [1, null] });
	expect(parseJson('{"a":')).toBeUndefined();
	expect(parseJson('')).toBeUndefined();
	fc.assert(
		// Longer numbers become strings, as losslessJson.test.ts shows.
		fc.property(fc.jsonValue().filter(hasNoLongNumber), (value) => {
			expect(parseJson(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
		}),
	);
});

test.each<[unknown, string | undefined]>([
	['words', 'words'],
	[' ', ' '],
	['', undefined],
	[0, '0'],
	[1303, '1303'],
	[Infinity, undefined],
	[NaN, undefined],
	[true, undefined],
	[null, undefined],
	[{}, undefined],
])('the text of %j is %j', (value, expected) => {
	expect(textOf(value)).toBe(expected);
});

test.each<[unknown, number | undefined]>([
	[5.1, 5.1],
	[0, 0],
	['5.1', 5.1],
	[' 7 ', 7],
	['-2', -2],
	['', undefined],
	['  ', undefined],
	['5 s', undefined],
	['Infinity', undefined],
	[Infinity, undefined],
	[NaN, undefined],
	[null, undefined],
	[true, undefined],
	[[5], undefined],
])('the number of %j is %j', (value, expected) => {
	expect(numberOf(value)).toBe(expected);
});

test('only the objects of a list count', () => {
	expect(recordsOf([1, { a: 1 }, null, [], { b: 2 }])).toEqual([{ a: 1 }, { b: 2 }]);
	expect(recordsOf({ 0: {} })).toEqual([]);
	expect(recordsOf(undefined)).toEqual([]);
});

function hasNoLongNumber(value: unknown): boolean {
	return !/\d{16}/.test(JSON.stringify(value));
}
