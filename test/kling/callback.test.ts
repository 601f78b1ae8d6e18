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
])('reads the task %s', (_name, body) => {
	expect(readCallback(body)).toMatchObject({
		id: '7781',
		state: 'failed',
		statusMessage: 'no face found',
	});
});

test.each<[string, object]>([
	['the newer shape', { id: '7781', status: 'succeeded', message: 'success', external_id: 'e' }],
	['the newer shape without times', { id: '7781', status: 'succeeded', outputs: [] }],
])('reads the task in %s', (_name, body) => {
	expect(readCallback(body)).toMatchObject({
		id: '7781',
		state: 'succeeded',
		claimsRunning: false,
	});
	expect(readCallback(body)).not.toHaveProperty('statusMessage');
});

test('reads the newer shape with all its fields', () => {
	const body = {
		id: '7781',
		status: 'failed',
		message: 'no face found',
		create_time: 1773367502225,
		update_time: 1773367503225,
		external_id: 'episode-1',
		outputs: [
			{ id: 'v', url: 'https://f.example/v.mp4', duration: '5.1' },
			{ type: 'audio', id: 'a', url: 'https://f.example/a' },
			{ url: 'https://f.example/i.png?x=1' },
		],
	};
	expect(readCallback(body)).toMatchObject({
		id: '7781',
		state: 'failed',
		statusMessage: 'no face found',
		externalTaskId: 'episode-1',
		createdAt: 1773367502225,
		updatedAt: 1773367503225,
		videos: [{ id: 'v', url: 'https://f.example/v.mp4', durationSeconds: 5.1 }],
		audios: [{ id: 'a' }],
		images: [{ url: 'https://f.example/i.png?x=1' }],
	});
});

test('a body with only an external ID is a task with that ID', () => {
	expect(readCallback({ external_id: 'episode-1', status: 'succeeded' })).toMatchObject({
		id: 'episode-1',
		externalTaskId: 'episode-1',
	});
});

test.each<[boolean, string, object]>([
	[true, 'a known word', { task_id: '1', task_status: 'processing' }],
	[true, 'a known word in capitals', { task_id: '1', task_status: 'SUBMITTED' }],
	[true, 'a known word in the newer shape', { id: '1', status: 'processing', external_id: 'e' }],
	[false, 'a word for an end', { task_id: '1', task_status: 'failed' }],
	[false, 'a word that nobody knows', { task_id: '1', task_status: 'rendering' }],
	[false, 'no word', { task_id: '1' }],
	[false, 'an empty word', { task_id: '1', task_status: '' }],
])('claims that the task is running: %s with %s', (expected, _name, body) => {
	expect(readCallback(body)?.claimsRunning).toBe(expected);
});

test("a status outside of the task is not the task's", () => {
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
])('finds no task in %s', (_name, body) => {
	expect(readCallback(body)).toBeUndefined();
});

test('reads any body', () => {
	fc.assert(
		fc.property(fc.anything(), (body) => {
			expect(readCallback(body)?.id).not.toBe('');
		}),
	);
});
