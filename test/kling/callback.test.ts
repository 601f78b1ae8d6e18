import fc from 'fast-check';

import { readCallback } from '../../nodes/CometApiKling/kling/callback';

const FLAT = {
	task_id: '7781',
	task_status: 'failed',
	task_status_msg: 'no face found',
	created_at: 1773367502225,
	updated_at: 1773367502226,
	task_result: { images: [], videos: [] },
};

test.each([
	['flat', FLAT],
	['under data', { data: FLAT }],
	['in a whole envelope', { code: 0, message: 'SUCCEED', data: FLAT }],
])('the task %s', (_name, body) => {
	expect(readCallback(body)).toMatchObject({
		id: '7781',
		state: 'failed',
		statusMessage: 'no face found',
	});
});

test("a status word around the task is not the task's", () => {
	const body = { status: 'failed', data: { ...FLAT, task_status: 'processing' } };
	expect(readCallback(body)).toMatchObject({ state: 'running', status: 'processing' });
});

test.each([
	['nothing', undefined],
	['null', null],
	['a text', 'task_id=1'],
	['a list', [FLAT]],
	['an empty object', {}],
	['something else', { event: 'ping', data: { id: 1 } }],
	['a status without an id', { task_status: 'succeed' }],
	['an empty id', { task_id: '', task_status: 'succeed' }],
	['an id that is an object', { task_id: { $ne: 1 } }],
])('%s tells of no task', (_name, body) => {
	expect(readCallback(body)).toBeUndefined();
});

test('any body is read', () => {
	fc.assert(
		fc.property(fc.anything(), (body) => {
			expect(readCallback(body)?.id).not.toBe('');
		}),
	);
});
