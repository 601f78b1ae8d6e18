import { readRetryAfter } from '../../nodes/CometApiKling/kling/response/retryAfter';

/** The time on this computer. */
const NOW = Date.parse('2026-11-27T12:00:00Z');
const MINUTE_MS = 60_000;

test.each([
	['seconds', '60', undefined, MINUTE_MS],
	['fractions of a second', '0.5', undefined, 500],
	['a date', 'Fri, 27 Nov 2026 12:01:00 GMT', undefined, MINUTE_MS],
	['a date in the past', 'Fri, 27 Nov 2026 11:00:00 GMT', undefined, 0],
	['a negative number', '-5', undefined, 0],
	['a word', 'soon', undefined, undefined],
	['nothing', undefined, undefined, undefined],
])('reads %s', (_, header, date, expected) => {
	expect(readRetryAfter(header, date, NOW)).toBe(expected);
});

test.each([
	['an hour behind', 'Fri, 27 Nov 2026 13:00:00 GMT', 'Fri, 27 Nov 2026 13:01:00 GMT'],
	['an hour ahead', 'Fri, 27 Nov 2026 11:00:00 GMT', 'Fri, 27 Nov 2026 11:01:00 GMT'],
])('a clock that is %s does not change the pause', (_, date, header) => {
	expect(readRetryAfter(header, date, NOW)).toBe(MINUTE_MS);
});

test('an unreadable Date does no harm', () => {
	expect(readRetryAfter('Fri, 27 Nov 2026 12:01:00 GMT', 'today', NOW)).toBe(MINUTE_MS);
});
