import { effectOnCreate, type Fault } from '../../nodes/CometApiKling/kling/errors/faults';
import type { HttpResponse } from '../../nodes/CometApiKling/kling/response/httpResponse';
import { parseResponse } from '../../nodes/CometApiKling/kling/response/parseResponse';
import { faultIn, jsonResponse, textResponse } from './responses';

/** The external ID of the create request. */
const SENT = 'n8n-1-0-0-abcdef0123456789';

const EXISTS = 'external_task_id already exists';

/** The fault in the response to a create request that has the external ID. */
function faultOfCreate(response: HttpResponse, externalTaskId = SENT): Fault {
	const read = parseResponse(response, { externalTaskId });
	if (read.kind !== 'fault') throw new Error('A task was read.');
	return read.fault;
}

test.each([
	EXISTS,
	'Duplicate external_task_id',
	'the external_task_id must be unique',
	'external_task_id is repeated',
	'there exists a task with this external_task_id',
	'repeated value in external_task_id',
	'externalTaskId has already been used',
	'external_task_id 重复',
	'external_task_id 已存在',
	'外部任务ID已被使用',
])('"%s" means a repeated ID, whatever the code and the HTTP status are', (message) => {
	for (const http of [200, 400, 409, 422, 429, 500]) {
		for (const code of [1201, 1301, 1203, 5000, 'conflict', 9999]) {
			expect(faultIn(jsonResponse({ code, message }, http)).kind).toBe('duplicateId');
		}
		expect(faultIn(jsonResponse({ error: { message } }, 400)).kind).toBe('duplicateId');
		expect(faultIn(textResponse(message, 400)).kind).toBe('duplicateId');
	}
});

test.each<[string, unknown]>([
	['an inner layer', { message: 'Invalid', data: { data: { code: 1201, message: EXISTS } } }],
	['JSON in the message', { code: 'x', message: JSON.stringify({ code: 1201, message: EXISTS }) }],
	[
		'escaped JSON in the message',
		{ code: 'x', message: '{"code":1201,"message":"external_task_id \\u91cd\\u590d"}' },
	],
	['words around JSON', { code: 'x', message: `${EXISTS}: {"code":1201,"message":"m"}` }],
])('the words are found in %s', (_name, body) => {
	for (const http of [400, 500]) {
		expect(faultIn(jsonResponse(body, http)).kind).toBe('duplicateId');
	}
});

test.each([
	'external_task_id is too long',
	'external_task_id does not exist',
	'the image already exists',
	'external_task_id 不存在',
])('"%s" does not mean a repeated ID', (message) => {
	expect(faultIn(jsonResponse({ code: 1201, message }, 400)).kind).toBe('badParameters');
});

describe('HTTP 409', () => {
	test.each([
		jsonResponse({}, 409),
		jsonResponse({ code: 409, message: 'conflict' }, 409),
		textResponse('<html>Conflict</html>', 409, 'text/html'),
	])('without a known code means a repeated ID: %j', (response) => {
		expect(faultIn(response).kind).toBe('duplicateId');
	});

	test('with a known code means what the code says', () => {
		expect(faultIn(jsonResponse({ code: 1301, message: 'm' }, 409)).kind).toBe('contentPolicy');
		expect(faultIn(jsonResponse({ code: 1303, message: 'm' }, 409)).kind).toBe('tooManyTasks');
	});

	test('of a query is temporary, because a query cannot repeat an ID', () => {
		expect(faultIn(jsonResponse({ message: EXISTS }, 409), '1').kind).toBe('unavailable');
		expect(faultIn(jsonResponse({ code: 1201, message: EXISTS }, 400), '1').kind).toBe(
			'badParameters',
		);
	});
});

describe('a rejection that names the external ID of the request', () => {
	test.each([
		[1201, `task ${SENT} already exists`],
		[1201, `${SENT} is taken`],
		['conflict', `duplicate entry '${SENT}'`],
	])('code %s, "%s": repeated', (code, message) => {
		expect(faultOfCreate(jsonResponse({ code, message }, 400)).kind).toBe('duplicateId');
	});

	test.each([
		[1301, 'contentPolicy', `the content of task ${SENT} is blocked`],
		[1201, 'badParameters', `the image of task ${SENT} does not exist`],
		[1201, 'badParameters', 'task n8n-2-0-0-abcdef0123456789 is taken'],
	])('code %d remains %s: "%s"', (code, kind, message) => {
		expect(faultOfCreate(jsonResponse({ code, message }, 400)).kind).toBe(kind);
	});

	test('a short ID of the user may occur in any text', () => {
		const response = jsonResponse({ code: 1201, message: 'the image is too small' }, 400);
		expect(faultOfCreate(response, 'image').kind).toBe('badParameters');
	});
});

test.each([1302, 1303])('%d is not weakened by the echo of a request', (code) => {
	const message = `{"code":${code},"message":"m"}, request: external_task_id=${SENT}, prompt=She repeats`;
	for (const http of [429, 500]) {
		const fault = faultOfCreate(jsonResponse({ code: 'x', message }, http));
		expect(effectOnCreate(fault)).toBe('none-yet');
	}
});
