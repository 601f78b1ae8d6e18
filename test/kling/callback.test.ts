import fc from 'fast-check';

import { readCallback } from '../../nodes/CometApiKling/kling/response/callback';

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
	expect(readCallback(undefined, body)).toMatchObject({
		id: '7781',
		state: 'failed',
		statusMessage: 'no face found',
	});
});

test.each<[string, object]>([
	['the newer shape', { id: '7781', status: 'succeeded', message: 'success', external_id: 'e' }],
	['the newer shape without times', { id: '7781', status: 'succeeded', outputs: [] }],
])('reads the task in %s', (_name, body) => {
	expect(readCallback(undefined, body)).toMatchObject({
		id: '7781',
		state: 'succeeded',
		claimedState: 'succeeded',
	});
	expect(readCallback(undefined, body)).not.toHaveProperty('statusMessage');
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
	expect(readCallback(undefined, body)).toMatchObject({
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
	expect(readCallback(undefined, { external_id: 'episode-1', status: 'succeeded' })).toMatchObject({
		id: 'episode-1',
		externalTaskId: 'episode-1',
	});
});

test.each<[string | undefined, string, object]>([
	['running', 'a known status', { task_id: '1', task_status: 'processing' }],
	['running', 'a known status in capitals', { task_id: '1', task_status: 'SUBMITTED' }],
	['running', 'a known status in the newer shape', { id: '1', status: 'queued', external_id: 'e' }],
	['failed', 'a final status', { task_id: '1', task_status: 'failed' }],
	[undefined, 'an unknown status', { task_id: '1', task_status: 'rendering' }],
	[undefined, 'no status', { task_id: '1' }],
	[undefined, 'an empty status', { task_id: '1', task_status: '' }],
	[
		'succeeded',
		'an outdated gateway status',
		{ task_id: '1', status: 'IN_PROGRESS', data: { task_id: '9', task_status: 'succeed' } },
	],
	[
		'succeeded',
		'an outdated Kling status',
		{ task_id: '1', task_status: 'succeed', data: { task_id: '9', task_status: 'processing' } },
	],
	[
		undefined,
		'an unknown gateway status',
		{ task_id: '1', status: 'new', progress: '5%', data: { task_id: '9', task_status: 'queued' } },
	],
])('claims %s with %s', (expected, _name, body) => {
	expect(readCallback(undefined, body)?.claimedState).toBe(expected);
});

test.each<[string[], string, object]>([
	[['7'], 'its own ID', { task_id: '7', task_status: 'succeed' }],
	[
		['7', 'mine'],
		'an external ID under task_info',
		{ task_id: '7', task_info: { external_task_id: 'mine' } },
	],
	[
		['7', 'mine'],
		'the external ID of the newer shape',
		{ id: '7', status: 'failed', external_id: 'mine' },
	],
	[['mine'], 'nothing but an external ID', { external_id: 'mine', status: 'failed' }],
	[
		['7', '9'],
		'the ID of a gateway around it',
		{ task_id: '7', data: { task_id: '9', task_status: 'failed' } },
	],
	[
		['7', 'inner', 'outer', 'event'],
		'IDs around the task',
		{
			id: 'event',
			external_task_id: 'outer',
			data: { task_id: '7', task_info: { external_task_id: 'inner' } },
		},
	],
	[
		['7'],
		'an ID that no path may contain',
		{ task_id: '7', data: { task_id: '../9', task_status: 'failed' } },
	],
])('names the task by %j for a body with %s', (ids, _name, body) => {
	expect(readCallback(undefined, body)?.ids).toStrictEqual(ids);
});

test('tells external IDs from those of tasks', () => {
	const body = { task_id: '7', external_id: 'mine', data: { external_task_id: 'other' } };
	const claim = readCallback(undefined, body);
	expect(new Set(claim?.externalIds)).toEqual(new Set(['mine', 'other']));
});

test('hides the API key in the raw body', () => {
	const secret = 'key-of-the-user-1';
	const rawBody = JSON.stringify({ task_id: '7', task_status: 'failed', task_status_msg: secret });
	const claim = readCallback(rawBody, {}, secret);
	expect(claim?.statusMessage).toBe('[hidden]');
	expect(JSON.stringify(claim)).not.toContain(secret);
});

test("a status outside of the task is not the task's", () => {
	const body = { status: 'failed', data: { ...FLAT, task_status: 'processing' } };
	expect(readCallback(undefined, body)).toMatchObject({ state: 'running', status: 'processing' });
});

test.each([
	['nothing', undefined],
	['null', null],
	['a string', 'task_id=1'],
	['an array', [FLAT]],
	['an empty object', {}],
	['something else', { event: 'ping', data: { id: 1 } }],
	['a status without an ID', { task_status: 'succeed' }],
	['an empty ID', { task_id: '', task_status: 'succeed' }],
	['an ID that is an object', { task_id: { $ne: 1 } }],
])('finds no task in %s', (_name, body) => {
	expect(readCallback(undefined, body)).toBeUndefined();
});

test('reads any body', () => {
	fc.assert(
		fc.property(fc.anything(), (body) => {
			expect(readCallback(undefined, body)?.id).not.toBe('');
		}),
	);
});
