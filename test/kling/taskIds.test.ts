import { readCallback } from '../../nodes/CometApiKling/kling/response/callback';
import { parseResponse } from '../../nodes/CometApiKling/kling/response/parseResponse';
import { belongsTo, type TaskIds } from '../../nodes/CometApiKling/kling/task';
import { isTaskId } from '../../nodes/CometApiKling/kling/taskId';
import { faultIn, jsonResponse, taskIn } from './responses';

test.each([
	'77812345678901234567',
	'task_abc-DEF.123',
	'kling:v2:9f8e',
	'n8n-12-3-deadbeef',
	'a',
	'..a',
	'a=b+c@d~e',
	'x'.repeat(255),
])('%s can be a task ID', (id) => {
	expect(isTaskId(id)).toBe(true);
});

test.each(
	[
		[
			'',
			'.',
			'..',
			'...',
			'-',
			'_',
			' ',
			'a b',
			'a/b',
			'/',
			'../x',
			'a\\b',
			'%2e%2e',
			'a%2Fb',
			'a?b',
		],
		['a#b', 'a\n', '\u202Ea', 'é', '{{ $json.id }}', 'https://example.com/1', 'x'.repeat(256)],
	].flat(),
)('%j cannot be a task ID', (id) => {
	expect(isTaskId(id)).toBe(false);
});

const RESULT = { task_status: 'succeed', task_result: { videos: [] } };

test.each(['..', '.', 'a/../b', '%2e%2e', 'a b'])(
	'rejects %j as the ID of a created task',
	(id) => {
		expect(faultIn(jsonResponse({ code: 0, data: { task_id: id, ...RESULT } }))).toMatchObject({
			kind: 'malformedResponse',
			message: `The response contains an invalid task ID: "${id}".`,
		});
		expect(readCallback(undefined, { task_id: id, ...RESULT })).toBeUndefined();
	},
);

describe('the places of an external ID', () => {
	const newer = { id: '9', status: 'succeeded', external_id: 'ep-1', outputs: [] };
	test.each<[string, object]>([
		['under task_info', { task_id: '9', ...RESULT, task_info: { external_task_id: 'ep-1' } }],
		['flat', { task_id: '9', ...RESULT, external_task_id: 'ep-1' }],
		['flat, by its short name', { task_id: '9', ...RESULT, external_id: 'ep-1' }],
		[
			'under task_info, by its short name',
			{ task_id: '9', ...RESULT, task_info: { external_id: 'ep-1' } },
		],
		['in the newer shape', newer],
	])('%s', (_name, body) => {
		for (const wrapped of [body, { data: body }]) {
			expect(readCallback(undefined, wrapped)).toMatchObject({ id: '9', externalTaskId: 'ep-1' });
			expect(taskIn(jsonResponse(wrapped)).externalTaskId).toBe('ep-1');
		}
	});
});

describe('belongsTo', () => {
	const plain = taskIn(jsonResponse({ task_id: '9', ...RESULT }));
	const named = { ...plain, externalTaskId: 'ep-1' };
	test.each<[TaskIds, 'yes' | 'no' | 'unknown', 'yes' | 'no' | 'unknown']>([
		[{ taskId: '9' }, 'yes', 'yes'],
		[{ taskId: '8' }, 'no', 'no'],
		[{ externalTaskId: 'ep-1' }, 'unknown', 'yes'],
		[{ externalTaskId: 'ep-2' }, 'unknown', 'no'],
		[{ externalTaskId: '9' }, 'yes', 'no'],
		[{ taskId: '8', externalTaskId: 'ep-1' }, 'unknown', 'yes'],
		[{ taskId: '8', externalTaskId: 'ep-2' }, 'unknown', 'no'],
		[{ taskId: '9', externalTaskId: 'ep-2' }, 'yes', 'yes'],
		[{}, 'unknown', 'unknown'],
	])('%j: %s without an external ID, %s with one', (ids, withoutOne, withOne) => {
		expect(belongsTo(plain, ids)).toBe(withoutOne);
		expect(belongsTo(named, ids)).toBe(withOne);
	});
});

describe('the requested task', () => {
	const response = jsonResponse({
		code: 0,
		data: { task_id: 'kling-9', ...RESULT, task_info: { external_task_id: 'ep-1' } },
	});
	const anonymous = jsonResponse({ code: 0, data: { task_id: 'kling-9', ...RESULT } });

	test('is the one with that ID or that external ID', () => {
		expect(taskIn(response, 'kling-9').id).toBe('kling-9');
		expect(taskIn(response, 'ep-1').id).toBe('kling-9');
	});

	test.each([response, anonymous])('is not one with a different ID', (either) => {
		expect(faultIn(either, 'other')).toEqual({
			kind: 'otherTask',
			message: 'The response is about task kling-9 instead of other.',
			httpStatus: 200,
		});
	});

	test('keeps the requested ID if the external ID matches', () => {
		const context = { askedId: 'gateway-7', externalTaskId: 'ep-1' };
		expect(parseResponse(response, context)).toMatchObject({ task: { id: 'gateway-7' } });
		expect(parseResponse(anonymous, context)).toMatchObject({ fault: { kind: 'otherTask' } });
		expect(parseResponse(response, { ...context, externalTaskId: 'ep-2' })).toMatchObject({
			fault: { kind: 'otherTask' },
		});
	});

	test('is found by its external ID although the response does not repeat it', () => {
		const lookUp = { askedId: 'ep-1', externalTaskId: 'ep-1' };
		expect(parseResponse(anonymous, lookUp)).toMatchObject({ task: { id: 'kling-9' } });
		expect(parseResponse(response, { askedId: 'ep-2', externalTaskId: 'ep-2' })).toMatchObject({
			fault: { kind: 'otherTask' },
		});
	});

	test('may have its ID in any layer: a gateway adds its own', () => {
		const inner = { code: 0, data: { task_id: 'kling-9', ...RESULT } };
		const wrapped = jsonResponse({
			code: 'success',
			data: { task_id: 'gateway-7', status: 'SUCCESS', progress: '100%', data: inner },
		});
		expect(taskIn(wrapped, 'gateway-7').id).toBe('gateway-7');
		expect(taskIn(wrapped, 'kling-9').id).toBe('kling-9');
		expect(taskIn(wrapped).id).toBe('gateway-7');
	});
});
