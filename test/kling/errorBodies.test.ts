import { canAskAgain, effectOnCreate } from '../../nodes/CometApiKling/kling/errors/faults';
import { faultIn, jsonResponse, textResponse } from './responses';

type Row = [http: number, code: number | string, kind: string, again: boolean, create: string];

/**
 * The table of docs/maintainers/service-notes.md#errors: whether a query may be repeated, and
 * whether a create was charged.
 */
const TABLE: Row[] = [
	...[1000, 1001, 1002, 1003, 1004].map((code): Row => [401, code, 'badKey', false, 'none']),
	...[1100, 1101, 1102, 1304].map((code): Row => [429, code, 'account', false, 'none']),
	[403, 1103, 'noPermission', false, 'none'],
	[403, 'insufficient_user_quota', 'noCredit', false, 'none'],
	[400, 1200, 'badParameters', false, 'none'],
	[400, 1201, 'badParameters', false, 'none'],
	[404, 1202, 'wrongPath', false, 'none'],
	[404, 1203, 'notFound', false, 'none'],
	[400, 1300, 'contentPolicy', false, 'none'],
	[400, 1301, 'contentPolicy', false, 'none'],
	[429, 1302, 'tooFast', true, 'none-yet'],
	[429, 1303, 'tooManyTasks', true, 'none-yet'],
	[500, 'invalid_request', 'badParameters', false, 'none'],
	[400, 'task_not_exist', 'notFound', false, 'none'],
	[500, 5000, 'unavailable', true, 'unknown'],
	[503, 5001, 'unavailable', true, 'unknown'],
	[504, 5002, 'unavailable', true, 'unknown'],
];

/** The shapes of an error's body (docs/maintainers/service-notes.md#errors). */
const SHAPES: Array<[string, (code: number | string) => unknown]> = [
	['from Kling', (code) => ({ code, message: 'some words', request_id: 'r' })],
	['from Kling without a request', (code) => ({ code, message: 'some words', data: null })],
	[
		'from the gateway',
		(code) => ({ error: { message: 'some words', type: 'comet_api_error', param: '', code } }),
	],
	['nested', (code) => ({ message: 'some words', data: { data: { code } } })],
];

describe.each(SHAPES)('reads a body %s', (_shape, body) => {
	test.each(TABLE)('HTTP %d code %s: %s', (http, code, kind, again, create) => {
		for (const written of [code, String(code)]) {
			const fault = faultIn(jsonResponse(body(written), http));
			expect(fault).toEqual({
				kind,
				message: 'some words',
				httpStatus: http,
				code: String(code),
			});
			expect(canAskAgain(fault)).toBe(again);
			expect(effectOnCreate(fault)).toBe(create);
		}
	});

	test.each(TABLE)('HTTP 200 instead of %d, code %s: also %s', (_http, code, kind) => {
		expect(faultIn(jsonResponse(body(code), 200)).kind).toBe(kind);
	});
});

test.each([
	[400, 'badParameters', false, 'none'],
	[401, 'badKey', false, 'none'],
	[402, 'noCredit', false, 'none'],
	[403, 'noPermission', false, 'none'],
	[404, 'notFound', false, 'none'],
	[405, 'wrongPath', false, 'none'],
	[408, 'unavailable', true, 'unknown'],
	[413, 'tooLarge', false, 'none'],
	[418, 'unavailable', true, 'unknown'],
	[422, 'badParameters', false, 'none'],
	[425, 'unavailable', true, 'unknown'],
	[429, 'rateLimited', true, 'none-yet'],
	[451, 'refused', false, 'none'],
	[499, 'unavailable', true, 'unknown'],
	[500, 'unavailable', true, 'unknown'],
	[502, 'unavailable', true, 'unknown'],
	[503, 'unavailable', true, 'unknown'],
	[504, 'unavailable', true, 'unknown'],
	[524, 'unavailable', true, 'unknown'],
])('HTTP %d without a code: %s', (http, kind, again, create) => {
	for (const response of [
		jsonResponse({}, http),
		jsonResponse({ message: '' }, http),
		textResponse('', http),
	]) {
		const fault = faultIn(response);
		// Without JSON, HTTP 403 comes from a firewall (docs/maintainers/service-notes.md#errors).
		const actual = http === 403 && response.text === '' ? 'firewall' : kind;
		expect(fault).toEqual({ kind: actual, message: '', httpStatus: http });
		expect(canAskAgain(fault)).toBe(again);
		expect(effectOnCreate(fault)).toBe(create);
	}
});

test.each([
	[403, 'badParameters', 1201],
	[503, 'tooManyTasks', 1303],
	[401, 'noCredit', 'INSUFFICIENT_USER_QUOTA'],
])('with HTTP %d, a known code decides: %s', (http, kind, code) => {
	expect(faultIn(jsonResponse({ code, message: 'm' }, http)).kind).toBe(kind);
});

test.each([
	[200, 'malformedResponse'],
	[429, 'rateLimited'],
	[503, 'unavailable'],
])('an unknown code with HTTP %d: %s', (http, kind) => {
	const fault = faultIn(jsonResponse({ code: 9999, message: 'm' }, http));
	expect(fault).toMatchObject({ kind, code: '9999' });
});

test.each([
	['message', { code: 1, message: 'words' }],
	['msg', { code: 1, msg: 'words' }],
	['an error that is a string', { error: 'words' }],
	['an error without a code', { error: { message: 'words' } }],
	['an inner layer', { code: 1, message: '', data: { message: 'words' } }],
	['the outer layer first', { code: 1, message: 'words', data: { message: 'others' } }],
])("reads the service's message from %s", (_name, body) => {
	expect(faultIn(jsonResponse(body, 400)).message).toBe('words');
});

test('an error with HTTP 200 is not a task', () => {
	expect(faultIn(jsonResponse({ error: { message: 'busy' } })).kind).toBe('malformedResponse');
});

test('a code in the failed task itself is not a rejection of the query', () => {
	const inner = { task_id: '1', task_status: 'failed', code: 1301, task_status_msg: 'policy' };
	expect(() => faultIn(jsonResponse({ code: 0, data: inner }))).toThrow('A task was read');
});

test('a fault keeps the requested pause, whatever its body is', () => {
	const wish = { retryAfterMs: 7_000 };
	for (const response of [
		jsonResponse({ code: 1303, message: 'm' }, 429),
		textResponse('busy', 503),
		textResponse('not JSON'),
		textResponse('', 301),
	]) {
		expect(faultIn({ ...response, ...wish })).toMatchObject(wish);
		expect(faultIn(response)).not.toHaveProperty('retryAfterMs');
	}
});

test("keys and pieces of files in the service's message are hidden", () => {
	const message = `Invalid token sk-abcdefgh123 for ${'iVBORw0KGgo'.repeat(20)}`;
	const body = { error: { message, code: 'A'.repeat(80) } };
	const fault = faultIn(jsonResponse(body, 401));
	expect(fault).toMatchObject({ message: 'Invalid token [hidden] for [hidden]', code: '[hidden]' });
	expect(faultIn(textResponse(message, 401)).message).not.toContain('sk-abc');
});
