import { callBackWaiting, clock, taskReply, waitingFor } from './callBack';

/** Calls back an execution that waits for the task `a`, which has ended. */
const callBack = async (body: object) =>
	await clock.run(
		async () =>
			await callBackWaiting({
				body,
				context: waitingFor('a'),
				reply: () => taskReply('a', 'succeed'),
			}),
	);

const KLINGS_TASK = { task_id: 'kling-1', task_status: 'succeed' };

test.each<[string, object]>([
	['its external ID next to the data', { external_task_id: 'ext-a', data: KLINGS_TASK }],
	[
		'its external ID in a task_info next to the data',
		{ task_info: { external_task_id: 'ext-a' }, data: KLINGS_TASK },
	],
	['its ID next to the data', { id: 'a', event: 'task', data: KLINGS_TASK }],
	[
		'its external ID outside and another one inside',
		{ ...KLINGS_TASK, external_task_id: 'ext-a', task_info: { external_task_id: 'upstream' } },
	],
	[
		'its external ID by the newer name',
		{ ...KLINGS_TASK, external_id: 'ext-a', task_info: { external_task_id: 'upstream' } },
	],
	[
		'its external ID around the data with another one',
		{
			task_id: 'gateway-1',
			status: 'SUCCESS',
			progress: '100%',
			external_task_id: 'ext-a',
			data: { ...KLINGS_TASK, task_info: { external_task_id: 'upstream' } },
		},
	],
	[
		'its external ID in a part without a status',
		{ ...KLINGS_TASK, data: { task_info: { external_task_id: 'ext-a' } } },
	],
])('matches a task with %s', async (_where, body) => {
	const outcome = await callBack(body);
	expect(outcome).toMatchObject({ httpStatus: 200, asked: ['a'], items: [{ task_id: 'a' }] });
});

test('does not match a task of another execution', async () => {
	const body = { id: 'event-1', external_task_id: 'ext-b', data: KLINGS_TASK };
	const outcome = await callBack(body);
	expect(outcome).toMatchObject({ httpStatus: 200, asked: [], items: undefined });
});
