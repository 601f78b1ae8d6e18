import fc from 'fast-check';

import { adviceFor, labelOf, whatHappened } from '../../nodes/CometApiKling/kling/errors/faults';
import { parseResponse } from '../../nodes/CometApiKling/kling/response/parseResponse';
import type { HttpResponse } from '../../nodes/CometApiKling/kling/response/httpResponse';
import { KLING_ROUTES } from '../../nodes/CometApiKling/kling/routes';
import { simplifyTask } from '../../nodes/CometApiKling/kling/task';
import { toDataObject } from '../../nodes/CometApiKling/output/dataObject';
import { faultIn, jsonResponse, textResponse } from './responses';
import { anyText } from '../support/anyText';

const PAGE = '<!DOCTYPE html><html><body>One API</body></html>';

describe('a web page', () => {
	test.each([
		['recognized by its type', textResponse('hello', 200, 'text/html; charset=utf-8')],
		['recognized by its beginning', textResponse(PAGE, 200, 'text/plain')],
		['after whitespace', textResponse(`\n\t ${PAGE}`, 200, '')],
		['in capitals', textResponse('<HTML>', 200, '')],
		['that starts with its head', textResponse('<head></head>', 200, '')],
		['that starts with its body', textResponse('<body>', 200, '')],
		['for HTTP 404', textResponse(PAGE, 404, 'text/html')],
		['for HTTP 405', textResponse(PAGE, 405, 'text/html')],
	])('%s means a wrong path', (_name, response) => {
		expect(faultIn(response)).toEqual({
			kind: 'wrongPath',
			message: 'The response was a web page.',
			httpStatus: response.httpStatus,
		});
	});

	test.each([
		[503, 'unavailable'],
		[403, 'firewall'],
		[401, 'badKey'],
	])('is judged by its status for HTTP %d, and its text is left out', (http, kind) => {
		const fault = faultIn(textResponse(PAGE, http, 'text/html'));
		expect(fault).toEqual({ kind, message: '', httpStatus: http });
	});

	test('is not recognized by text far inside', () => {
		expect(faultIn(textResponse(`${'a'.repeat(300)}<html>`)).kind).toBe('malformedResponse');
		expect(faultIn(textResponse('see <html>')).kind).toBe('malformedResponse');
	});
});

test.each([300, 301, 302, 307, 308, 399])(
	'HTTP %d is a redirect and means a wrong path',
	(http) => {
		const task = { code: 0, data: { task_id: '1', task_status: 'succeed' } };
		for (const response of [textResponse(PAGE, http, 'text/html'), jsonResponse(task, http)]) {
			const fault = faultIn(response);
			expect(fault).toMatchObject({ kind: 'wrongPath', httpStatus: http });
			expect(fault.message).toContain('redirect');
		}
	},
);

test.each([
	['nothing', '', 'The response was empty.'],
	['whitespace', ' \n\t', 'The response was empty.'],
	['broken JSON', '{"code":0,"data":{"task_id"', 'The response was not complete JSON.'],
	['plain text', 'ok', 'The response was not complete JSON.'],
	['a JSON string', '"ok"', 'The response was not complete JSON.'],
	['a JSON array', '[{"task_id":"1"}]', 'The response was not complete JSON.'],
	['null', 'null', 'The response was not complete JSON.'],
	[
		'an object without a task',
		'{"code":0,"message":"SUCCEED","data":{}}',
		'The response contains no task.',
	],
	[
		'a list of models',
		'{"object":"list","data":[{"id":"kling"}]}',
		'The response contains no task.',
	],
	['a status of something else', '{"code":0,"status":"ok"}', 'The response contains no task.'],
])('%s cannot be read', (_name, text, message) => {
	const response = textResponse(text, 200, 'application/json');
	expect(faultIn(response, 'asked')).toEqual({
		kind: 'malformedResponse',
		message,
		httpStatus: 200,
	});
});

test('a task without an ID is not a task, unless it was requested by its ID', () => {
	const response = jsonResponse({ code: 0, data: { task_status: 'processing' } });
	expect(faultIn(response).kind).toBe('malformedResponse');
	expect(parseResponse(response, { askedId: '1' }).kind).toBe('task');
});

test('a plain-text error becomes the message', () => {
	expect(faultIn(textResponse('upstream connect error', 503)).message).toBe(
		'upstream connect error',
	);
});

/** Responses with the API's field names, at any position and with any value. */
const NAMES =
	'code message msg error data task_id task_status task_result task_info status progress';
const RESULTS = 'fail_reason task_status_msg external_task_id videos audios images id url duration';
const apiName = fc.constantFrom(...`${NAMES} ${RESULTS} created_at updated_at`.split(' '));
const { value: apiLike } = fc.letrec((tie) => ({
	value: fc.oneof(
		{ maxDepth: 6, withCrossShrink: true },
		fc.oneof(
			fc.constantFrom<unknown>(null, true, 0, '0', 'success', 1303, 'SUCCEED', 'failed', '', -1),
			fc.jsonValue({ maxDepth: 1 }),
			fc.double({ noNaN: true, noDefaultInfinity: true }),
		),
		fc.dictionary(apiName, tie('value'), { maxKeys: 8 }),
		fc.array(tie('value'), { maxLength: 3 }),
	),
}));

const httpStatus = fc.oneof(fc.constantFrom(200, 301, 400, 404, 429, 500), fc.nat({ max: 999 }));
const contentType = fc.constantFrom('application/json', 'text/html', '');

/** Reads a response and does everything that the node does with responses. */
function readToTheEnd(response: HttpResponse): void {
	const read = parseResponse(response, { askedId: '1' });
	if (read.kind === 'fault') {
		expect(labelOf(read.fault)).not.toBe('');
		expect(whatHappened(read.fault)).toMatch(/^\S.*[^.]$/);
		expect(adviceFor(read.fault)).toMatch(/\.$/);
		expect(read.fault.message.length).toBeLessThanOrEqual(400);
		return;
	}
	expect(read.task.id).not.toBe('');
	expect(['running', 'succeeded', 'failed']).toContain(read.task.state);
	expect(JSON.parse(JSON.stringify(toDataObject(read.task.raw)))).toEqual(read.task.raw);
	for (const route of KLING_ROUTES) {
		for (const value of Object.values(simplifyTask(read.task, route))) {
			expect(value).not.toBeUndefined();
			expect(value).not.toBeNaN();
		}
	}
}

test('reads any JSON, and anything that resembles the API', () => {
	fc.assert(
		fc.property(fc.oneof(apiLike, fc.jsonValue()), httpStatus, contentType, (body, http, type) => {
			readToTheEnd({ ...jsonResponse(body, http), contentType: type });
		}),
		{ numRuns: 2000 },
	);
});

test('reads any bytes', () => {
	const text = fc.oneof(
		anyText(500),
		fc.uint8Array({ maxLength: 500 }).map((bytes) => Buffer.from(bytes).toString('utf8')),
	);
	fc.assert(
		fc.property(text, httpStatus, contentType, (body, http, type) => {
			readToTheEnd(textResponse(body, http, type));
		}),
		{ numRuns: 1000 },
	);
});
