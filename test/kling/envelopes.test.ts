import { hasResult } from '../../nodes/CometApiKling/kling/task';
import { jsonResponse, taskIn } from './responses';

const VIDEO = { id: 'v-1', url: 'https://files.example/v-1.mp4', duration: '5.1' };
const TASK = {
	task_id: '7781',
	task_status: 'succeed',
	task_info: { external_task_id: 'episode-42' },
	task_result: { videos: [VIDEO] },
	created_at: 1773367502225,
	updated_at: 1773367802225,
	final_unit_deduction: '2.5',
};

/** The same finished task in the shapes of docs/maintainers/service-notes.md#envelopes. */
const ENVELOPES: Array<[string, unknown]> = [
	['A', { code: 0, message: 'SUCCEED', request_id: 'r', data: TASK }],
	['A with the code as text', { code: '0', message: 'SUCCEED', data: TASK }],
	['A with a word as code', { code: 'SUCCEED', message: '', data: TASK }],
	['A with the HTTP status as code', { code: 200, message: 'ok', data: TASK }],
	[
		'B',
		{
			code: 0,
			message: 'SUCCEED',
			data: { status: 'SUCCESS', progress: '100%', data: { task_result: TASK.task_result } },
		},
	],
	[
		'C',
		{
			code: 'success',
			message: '',
			data: {
				task_id: '7781',
				action: 'image2video',
				status: 'SUCCESS',
				fail_reason: '',
				progress: '100%',
				data: { code: 0, message: 'SUCCEED', request_id: 'r', data: TASK },
			},
		},
	],
	['D', TASK],
];

test.each(ENVELOPES)('envelope %s contains the task with its result', (_name, body) => {
	const task = taskIn(jsonResponse(body), '7781');
	expect(task).toMatchObject({ id: '7781', state: 'succeeded', statusIsKnown: true });
	expect(task.videos).toEqual([{ id: 'v-1', url: VIDEO.url, durationSeconds: 5.1 }]);
	expect(hasResult(task, 'video')).toBe(true);
});

test('envelope E is a success without a result', () => {
	const task = taskIn(jsonResponse({ code: 0, message: 'ok', data: { ...TASK, task_result: {} } }));
	expect(task.state).toBe('succeeded');
	expect(hasResult(task, 'video')).toBe(false);
});

test('a task that was just created', () => {
	const data = { ...TASK, task_status: 'submitted', task_info: {}, task_result: undefined };
	const task = taskIn(jsonResponse({ code: 0, message: 'SUCCEED', data }));
	expect(task).toMatchObject({ id: '7781', state: 'running', videos: [], audios: [], images: [] });
	expect(task).not.toHaveProperty('externalTaskId');
	expect(task).not.toHaveProperty('statusMessage');
});

test.each([
	['task_info', TASK, 'episode-42'],
	['the task itself', { ...TASK, task_info: {}, external_task_id: 'own' }, 'own'],
	['task_info before the task', { ...TASK, external_task_id: 'own' }, 'episode-42'],
	['a number', { ...TASK, task_info: { external_task_id: 42 } }, '42'],
])('finds the external ID in %s', (_name, data, expected) => {
	expect(taskIn(jsonResponse({ code: 0, data })).externalTaskId).toBe(expected);
});

describe('the raw task', () => {
	test('is the innermost object with a status, unchanged', () => {
		for (const [name, body] of ENVELOPES) {
			if (name === 'B') continue;
			expect(taskIn(jsonResponse(body)).raw).toEqual(TASK);
		}
	});

	test("of envelope B is the gateway's, since the inner one has no status", () => {
		const data = { status: 'SUCCESS', progress: '100%', data: { task_result: {} } };
		expect(taskIn(jsonResponse({ code: 0, data }), '1').raw).toEqual(data);
	});

	test('is the object that describes the task if none has a status', () => {
		expect(taskIn(jsonResponse({ code: 0, data: { task_id: '1' } })).raw).toEqual({ task_id: '1' });
	});

	test("is the inner object if only that one has a status, even a gateway's", () => {
		const inner = { status: 'SUCCESS', progress: '100%' };
		expect(taskIn(jsonResponse({ task_id: '1', data: inner })).raw).toEqual(inner);
	});
});

describe('the ID', () => {
	test('is the requested one if the response contains none', () => {
		const body = { code: 0, data: { status: 'IN_PROGRESS', progress: '40%' } };
		expect(taskIn(jsonResponse(body), 'asked').id).toBe('asked');
	});

	test("is the gateway's own if the inner one differs", () => {
		const upstream = { code: 0, data: { ...TASK, task_id: 'upstream' } };
		const data = { task_id: 'gateway', status: 'SUCCESS', progress: '100%', data: upstream };
		expect(taskIn(jsonResponse({ code: 'success', data })).id).toBe('gateway');
	});

	test('may be a number', () => {
		expect(taskIn(jsonResponse({ code: 0, data: { ...TASK, task_id: 7781 } })).id).toBe('7781');
	});

	test("is Kling's if the gateway returns none", () => {
		const data = { status: 'SUCCESS', progress: '100%', data: { code: 0, data: TASK } };
		expect(taskIn(jsonResponse({ code: 0, data })).id).toBe('7781');
	});
});

describe('if the gateway and Kling disagree', () => {
	const gateway = (status: string, inner: object, more: object = {}): unknown => ({
		code: 'success',
		data: { task_id: '1', status, progress: '50%', ...more, data: { code: 0, data: inner } },
	});
	const running = { task_id: '1', task_status: 'processing', task_result: {} };

	test.each([
		['a failure of the gateway counts', gateway('FAILURE', running), 'failed', 'FAILURE'],
		[
			'a success counts if the result is present',
			gateway('SUCCESS', { ...running, task_result: { videos: [VIDEO] } }),
			'succeeded',
			'SUCCESS',
		],
		...['audios', 'images'].map((list): [string, unknown, string, string] => [
			`a success counts if ${list} are present`,
			gateway('SUCCESS', { ...running, task_result: { [list]: [{ url: VIDEO.url }] } }),
			'succeeded',
			'SUCCESS',
		]),
		[
			'a running gateway does not, even if a result is present',
			gateway('IN_PROGRESS', { ...running, task_result: { videos: [VIDEO] } }),
			'running',
			'processing',
		],
		['a success without a result does not', gateway('SUCCESS', running), 'running', 'processing'],
		['a running gateway does not', gateway('IN_PROGRESS', running), 'running', 'processing'],
		['an end that Kling reports counts', gateway('IN_PROGRESS', TASK), 'succeeded', 'succeed'],
		[
			"Kling's failure counts",
			gateway('SUCCESS', { ...TASK, task_status: 'failed' }),
			'failed',
			'failed',
		],
	])('%s', (_name, body, state, status) => {
		expect(taskIn(jsonResponse(body))).toMatchObject({ state, status });
	});

	test("the reason for a failure is Kling's, or else the gateway's", () => {
		const failed = { ...running, task_status: 'failed', task_status_msg: 'no face found' };
		const both = gateway('FAILURE', failed, { fail_reason: 'upstream' });
		expect(taskIn(jsonResponse(both)).statusMessage).toBe('no face found');
		const one = gateway('FAILURE', running, { fail_reason: 'upstream' });
		expect(taskIn(jsonResponse(one)).statusMessage).toBe('upstream');
	});
});

test.each([
	['a task ID alone', { task_id: '1' }, 'submitted'],
	['a status of the task', { task_id: '1', task_status: 'processing' }, 'processing'],
	['a result alone', { task_result: {} }, 'submitted'],
	['progress next to a status', { status: 'IN_PROGRESS', progress: '1%' }, 'IN_PROGRESS'],
	['a reason next to a status', { status: 'QUEUED', fail_reason: '' }, 'QUEUED'],
])('%s describes a task', (_name, data, status) => {
	expect(taskIn(jsonResponse({ code: 0, data }), '1').status).toBe(status);
});

test('the inner one of two statuses of a task counts', () => {
	const body = { task_id: '1', task_status: 'submitted', data: { ...TASK, task_id: '2' } };
	expect(taskIn(jsonResponse(body))).toMatchObject({ id: '1', status: 'succeed' });
});

test('a code among the fields of a task is not a rejection', () => {
	expect(taskIn(jsonResponse({ ...TASK, code: 7 })).state).toBe('succeeded');
});

test.each([{ progress: '40%' }, { fail_reason: 'upstream' }])(
	'%j alone does not describe a task',
	(data) => {
		expect(() => taskIn(jsonResponse({ code: 0, data }), '7781')).toThrow(
			'The response contains no task.',
		);
	},
);

test('a task is searched for three levels deep, and no further', () => {
	const wrap = (levels: number): unknown =>
		levels === 0 ? TASK : { code: 0, data: wrap(levels - 1) };
	expect(taskIn(jsonResponse(wrap(3))).id).toBe('7781');
	expect(() => taskIn(jsonResponse(wrap(4)))).toThrow('No task was read');
});
