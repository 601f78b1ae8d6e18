import fc from 'fast-check';

import { readCallback } from '../../nodes/CometApiKling/kling/response/callback';
import { parseJson } from '../../nodes/CometApiKling/kling/json';
import { AVATAR_ROUTE } from '../../nodes/CometApiKling/kling/routes';
import { simplifyTask } from '../../nodes/CometApiKling/kling/task';
import { taskIn, textResponse } from './responses';

/** A task ID that a number would round to 778123456789012400. */
const LONG_ID = '778123456789012345';

test('reads an ID that is a long number without loss', () => {
	const task = taskIn(
		textResponse(`{"code":0,"data":{"task_id":${LONG_ID},"task_status":"processing"}}`),
	);
	expect(task.id).toBe(LONG_ID);
	expect(task.raw).toEqual({ task_id: LONG_ID, task_status: 'processing' });
	expect(simplifyTask(task, AVATAR_ROUTE).task_id).toBe(LONG_ID);
});

test.each<[string, unknown]>([
	['9007199254740991', 9_007_199_254_740_991],
	['9007199254740992', '9007199254740992'],
	['-9007199254740993', '-9007199254740993'],
	['123456789012345', 123_456_789_012_345],
	['1234567890123456.5', 1_234_567_890_123_456.5],
	['1234567890123456789e3', 1.234_567_890_123_456_8e21],
	['"1234567890123456789"', '1234567890123456789'],
	['"\\"1234567890123456789\\""', '"1234567890123456789"'],
	['["a\\\\",1234567890123456789]', ['a\\', '1234567890123456789']],
	['{"1234567890123456789":1234567890123456789}', { '1234567890123456789': '1234567890123456789' }],
])('%s', (text, expected) => {
	expect(parseJson(text)).toEqual(expected);
});

test('ignores a byte order mark', () => {
	expect(parseJson('\uFEFF{"a":1}')).toEqual({ a: 1 });
	expect(taskIn(textResponse('\uFEFF{"task_id":"1","task_status":"submitted"}')).id).toBe('1');
});

/** The result of JSON.parse, but with long integers as they were written. */
function expected(value: unknown): unknown {
	if (typeof value === 'number')
		return Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21
			? JSON.stringify(value)
			: value;
	if (Array.isArray(value)) return value.map(expected);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, expected(inner)]));
}

test('reads everything else as JSON.parse does', () => {
	const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeInteger());
	const digits = fc.bigInt({ min: 0n, max: 10n ** 25n }).map(String);
	const text = fc.oneof(
		fc.string({ unit: 'binary' }),
		digits,
		fc.constantFrom('\\', '"', '\\"', '\n'),
	);
	const { value } = fc.letrec((tie) => ({
		value: fc.oneof(
			{ maxDepth: 4 },
			fc.oneof(number, text, fc.boolean(), fc.constant(null)),
			fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
			fc.array(tie('value'), { maxLength: 4 }),
		),
	}));
	fc.assert(
		fc.property(value, fc.constantFrom(undefined, 2, '\t'), (any, indent) => {
			const json = JSON.stringify(any, undefined, indent);
			expect(parseJson(`{"long":${LONG_ID},"any":${json}}`)).toEqual({
				long: LONG_ID,
				any: expected(JSON.parse(json)),
			});
		}),
		{ numRuns: 1000 },
	);
});

describe('the body of a callback', () => {
	const rounded = { task_id: 'parsed-by-n8n' };

	test.each([
		['bytes', Buffer.from(`{"task_id":${LONG_ID}}`)],
		['bytes with a byte order mark', Buffer.from(`\uFEFF{"task_id":${LONG_ID}}`)],
		['a string', `{"task_id":${LONG_ID}}`],
	])('is read without loss from %s', (_name, raw) => {
		expect(readCallback(raw, rounded)?.id).toBe(LONG_ID);
	});

	test.each([
		['missing', undefined],
		['empty', Buffer.alloc(0)],
		['a form', Buffer.from('task_id=1')],
		['an object', {}],
	])("is n8n's parsed body if the raw one is %s", (_name, raw) => {
		expect(readCallback(raw, rounded)?.id).toBe(rounded.task_id);
	});
});
