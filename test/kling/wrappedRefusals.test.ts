import { canAskAgain, effectOnCreate } from '../../nodes/CometApiKling/kling/errors/faults';
import { faultIn, jsonResponse, textResponse } from './responses';

const BUSY = { code: 1303, message: 'parallel task over resource pack limit', request_id: 'r' };
const BUSY_TEXT = JSON.stringify(BUSY);

/**
 * Bodies in which gateways were seen, or may be expected, to wrap Kling's rejection
 * (docs/maintainers/service-notes.md#errors).
 */
const WRAPPED: Array<[string, unknown]> = [
	['JSON in the message', { code: 'fail_to_fetch_task', message: BUSY_TEXT, data: null }],
	['JSON after words', { code: 'fail_to_fetch_task', message: `bad response: ${BUSY_TEXT}` }],
	['JSON in the error', { error: { code: 'bad_response_status_code', message: BUSY_TEXT } }],
	['JSON in the data', { code: 'fail_to_fetch_task', message: 'failed', data: BUSY_TEXT }],
	['JSON in JSON', { code: 'x', message: JSON.stringify({ code: 'y', message: BUSY_TEXT }) }],
	['an object inside', { code: 'fail_to_fetch_task', message: 'failed', data: BUSY }],
	['a code in words', { code: 'do_request_failed', message: 'kling error, code=1303, msg=busy' }],
	['a code after a colon', { code: 'x', message: 'Error code: 1303' }],
	['a code in Chinese words', { code: 'x', message: '上游错误码：1303' }],
	['the words alone', { code: 'x', message: 'parallel task over resource pack limit' }],
	['a code next to one for a broken service', { code: 5000, message: BUSY_TEXT }],
];

describe.each([500, 429, 503, 200])('with HTTP %d', (http) => {
	test.each(WRAPPED)('1303 as %s means too many tasks', (_name, body) => {
		const fault = faultIn(jsonResponse(body, http));
		expect(fault.kind).toBe('tooManyTasks');
		expect(effectOnCreate(fault)).toBe('none-yet');
		expect(canAskAgain(fault)).toBe(true);
	});
});

test('1303 as JSON in an error that is a string', () => {
	const body = { error: `upstream said ${BUSY_TEXT}` };
	expect(faultIn(jsonResponse(body, 500)).kind).toBe('tooManyTasks');
});

test('1303 in a body that is not JSON', () => {
	expect(faultIn(textResponse(`error: ${BUSY_TEXT}`, 500))).toMatchObject({
		kind: 'tooManyTasks',
		code: '1303',
	});
});

test.each([
	[1302, 'tooFast'],
	[1301, 'contentPolicy'],
	[1300, 'contentPolicy'],
	[1201, 'badParameters'],
	[1101, 'account'],
	// The key that Kling did not accept is the gateway's, not the user's.
	[1002, 'account'],
])('a wrapped %d is a rejection: %s', (code, kind) => {
	const message = JSON.stringify({ code, message: 'm' });
	const fault = faultIn(jsonResponse({ code: 'fail_to_fetch_task', message }, 500));
	expect(fault).toMatchObject({ kind, code: String(code) });
	expect(effectOnCreate(fault)).not.toBe('unknown');
});

test.each([
	['no code', { code: 'fail_to_fetch_task', message: 'upstream failed' }],
	['a code for a broken service', { code: 'x', message: '{"code":5000,"message":"m"}' }],
	['two codes that differ', { code: 'x', message: 'code 1303, then code 1301' }],
	['a timeout beside the code', { code: 'x', message: 'code 1303; request timed out' }],
	['digits that are not a code', { code: 'x', message: 'request 1303 failed' }],
	['digits inside a longer number', { code: 'x', message: 'code 13035' }],
	['an unknown code', { code: 'x', message: 'code 1399' }],
	['JSON that is cut off', { code: 'x', message: '{"code":13' }],
	['nothing', {}],
])('%s leaves HTTP 500 ambiguous', (_name, body) => {
	const fault = faultIn(jsonResponse(body, 500));
	expect(fault.kind).toBe('unavailable');
	expect(effectOnCreate(fault)).toBe('unknown');
});

describe("Kling's numbers overlap with those of Cloudflare, which may have forwarded the request", () => {
	test.each([
		['a crash of a Worker', textResponse('error code: 1101', 500)],
		['a Worker over its limits', textResponse('error code: 1102', 503)],
		['a cache error', textResponse('error code: 1200', 503)],
		['the number in JSON', jsonResponse({ error: 'error code: 1101' }, 500)],
		['the number in a message', jsonResponse({ message: 'Error 1301' }, 500)],
		['the number with HTTP 408', jsonResponse({ message: 'error code: 1102' }, 408)],
		['a duration', jsonResponse({ error: { message: 'error: 1003 ms elapsed' } }, 500)],
		['a duration that looks like 1303', jsonResponse({ message: 'error: 1303 ms elapsed' }, 500)],
	])('%s leaves the request ambiguous', (_name, response) => {
		const fault = faultIn(response);
		expect(fault.kind).toBe('unavailable');
		expect(fault).not.toHaveProperty('code');
		expect(effectOnCreate(fault)).toBe('unknown');
	});

	test('the number in words with HTTP 200 proves nothing, either', () => {
		expect(faultIn(jsonResponse({ code: 'x', message: 'code 1101' })).kind).toBe(
			'malformedResponse',
		);
	});

	test.each([
		[400, 1301, 'contentPolicy'],
		[429, 1101, 'account'],
	])('with HTTP %d, which is a rejection itself, %d in words is the reason', (http, code, kind) => {
		const body = { code: 'x', message: `kling error, code=${code}, msg=m` };
		expect(faultIn(jsonResponse(body, http))).toMatchObject({ kind, code: String(code) });
	});

	test.each([1003, 1020])('HTTP 403 with plain text and %d comes from a firewall', (code) => {
		expect(faultIn(textResponse(`error code: ${code}`, 403)).kind).toBe('firewall');
	});
});

test('gives up on texts that wrap each other endlessly', () => {
	let message = BUSY_TEXT;
	for (let depth = 0; depth < 12; depth++) message = JSON.stringify({ code: 'x', message });
	expect(faultIn(jsonResponse({ code: 'x', message }, 500)).kind).toBe('unavailable');
});

describe('a gateway without a channel for the request', () => {
	test.each([
		{ error: { code: 'model_not_found', message: 'No available channel for model kling' } },
		{ code: 'model_not_found', message: '' },
		{ error: { message: 'no available channel for group default', code: '' } },
		{ message: '当前分组 default 下对于模型 kling 无可用渠道' },
	])('%j: nothing was created, and a later attempt may succeed', (body) => {
		const fault = faultIn(jsonResponse(body, 503));
		expect(fault.kind).toBe('noChannel');
		expect(effectOnCreate(fault)).toBe('none-yet');
		expect(canAskAgain(fault)).toBe(true);
	});

	test('may already have sent the request, if it says so', () => {
		const body = { error: { code: 'get_channel_failed', message: 'No available channel (retry)' } };
		expect(faultIn(jsonResponse(body, 503)).kind).toBe('unavailable');
	});
});

describe('HTTP 403', () => {
	test.each([
		{ error: { code: 'insufficient_quota', message: 'm' } },
		{ error: { code: 'INSUFFICIENT-USER-QUOTA', message: 'm' } },
		{ error: { code: 'insufficientQuota', message: 'm' } },
		{ error: { code: 'pre_consume_token_quota_failed', message: 'm' } },
		{ error: { code: '', message: 'Insufficient account balance' } },
		{ code: 'x', message: 'token quota is not enough, token remain quota: $0.01' },
		{ message: '用户额度不足，剩余额度: 0' },
		{ error: { code: 'token_quota_exhausted', message: 'm' } },
		{ error: { code: 'quota_exceeded', message: 'm' } },
		{ error: { code: 'QuotaExceeded', message: 'm' } },
		{ error: { code: 'QUOTA_NOT_ENOUGH', message: 'm' } },
		{ error: { code: 'balance_not_enough', message: 'm' } },
		{ error: { code: 'user_balance_insufficient', message: 'm' } },
		{ code: 'x', message: 'user_balance_insufficient' },
		{ code: 'x', message: 'You exceeded your current quota, please check your plan' },
		{ code: 'x', message: 'Your credit balance is too low to access this model' },
		{ code: 'x', message: 'pre-consume quota failed, user quota: $0.02, need quota: $0.05' },
		{ code: 'x', message: '预扣费额度失败, 用户剩余额度: ¥0.05, 需要预扣费额度: ¥0.07' },
	])('%j: out of credit', (body) => {
		expect(faultIn(jsonResponse(body, 403)).kind).toBe('noCredit');
	});

	test.each([
		'The load balancer says that all retries are exhausted',
		'This key may not read quotas or balances',
		'The quota of this group is not visible to this key',
	])('"%s" means a missing permission', (message) => {
		expect(faultIn(jsonResponse({ message }, 403)).kind).toBe('noPermission');
	});

	test('with other JSON means a missing permission', () => {
		expect(faultIn(jsonResponse({ message: 'This key may not use kling' }, 403)).kind).toBe(
			'noPermission',
		);
	});

	test.each([
		['a web page', textResponse('<html>insufficient quota</html>', 403, 'text/html'), ''],
		['plain text', textResponse('error code: 1020', 403), 'error code: 1020'],
		['nothing', textResponse('', 403), ''],
	])('with %s comes from a firewall', (_name, response, message) => {
		const fault = faultIn(response);
		expect(fault).toEqual({ kind: 'firewall', httpStatus: 403, message });
		expect(canAskAgain(fault)).toBe(false);
		expect(effectOnCreate(fault)).toBe('none');
	});

	test('with text about the quota means that the credit is used up', () => {
		expect(faultIn(textResponse('insufficient quota', 403)).kind).toBe('noCredit');
	});
});

test('a rate limit message does not mean that the credit is used up', () => {
	const body = { message: 'Quota exceeded for requests per minute' };
	expect(faultIn(jsonResponse(body, 429)).kind).toBe('rateLimited');
});

describe('HTTP 401', () => {
	test.each([
		{ error: { code: '', message: '该令牌额度已用尽 (request id: 1)' } },
		{ error: { message: 'This token quota has been exhausted' } },
	])('%j: the quota of the key is used up', (body) => {
		expect(faultIn(jsonResponse(body, 401)).kind).toBe('noCredit');
	});

	test.each(['无效的令牌', '该令牌已过期', '该令牌状态不可用', 'Insufficient credentials'])(
		'"%s": the key is not accepted',
		(message) => {
			expect(faultIn(jsonResponse({ error: { message } }, 401)).kind).toBe('badKey');
		},
	);
});

test.each(['quota_exceeded', 'QuotaExceeded', 'request_quota_exceeded'])(
	'HTTP 429 with the code %s can be a rate limit',
	(code) => {
		expect(faultIn(jsonResponse({ error: { code, message: 'm' } }, 429)).kind).toBe('rateLimited');
	},
);

test('HTTP 429 with a code for a used-up quota is out of credit', () => {
	const body = { error: { code: 'insufficient_quota', message: 'm' } };
	expect(faultIn(jsonResponse(body, 429)).kind).toBe('noCredit');
});
