import {
	callBackTrigger,
	clock,
	taskReply,
	UNKNOWN_TASK,
	type Callback,
	type Outcome,
	type Reply,
} from '../callback/callBack';

const PAGE = '<html><body>Not found</body></html>';

/** A callback with Kling's ID, which CometAPI may not accept, and the user's own. */
const WITH_EXTERNAL_ID = {
	task_id: 'kling-1',
	task_status: 'succeed',
	task_info: { external_task_id: 'mine' },
};

const OWN_TASK = taskReply('comet-1', 'succeed', { task_info: { external_task_id: 'mine' } });

async function send(callback: Callback): Promise<Outcome> {
	return await clock.run(async () => await callBackTrigger(callback));
}

test('accepts a look-up by external ID whose response does not repeat it', async () => {
	const reply = (id: string): Reply =>
		id === 'mine' ? taskReply('comet-1', 'succeed') : UNKNOWN_TASK;
	expect(await send({ body: WITH_EXTERNAL_ID, reply })).toMatchObject({
		httpStatus: 200,
		items: [{ task_id: 'comet-1' }],
	});
});

test.each<[string, Reply]>([
	['an unknown task', UNKNOWN_TASK],
	['an invalid ID', { http: 400, body: { code: 1201, message: 'task id invalid' } }],
	['no permission', { http: 403, body: { code: 1103, message: 'not yours' } }],
	['a web page', { http: 404, body: PAGE, contentType: 'text/html' }],
	['a malformed request', { http: 500, body: { error: { code: 'invalid_request' } } }],
	['another task', taskReply('other', 'succeed')],
	['no task', { body: { code: 0, data: null } }],
])("queries the external ID if the response to Kling's ID is %s", async (_what, refusal) => {
	const reply = (id: string): Reply => (id === 'mine' ? OWN_TASK : refusal);
	expect(await send({ body: WITH_EXTERNAL_ID, reply })).toMatchObject({
		httpStatus: 200,
		asked: ['kling-1', 'mine'],
		items: [{ task_id: 'comet-1' }],
	});
});

test('queries all IDs within the time for one', async () => {
	const start = clock.now();
	const outcome = await send({ body: WITH_EXTERNAL_ID, reply: () => UNKNOWN_TASK });
	expect(outcome.httpStatus).toBe(503);
	expect(new Set(outcome.asked)).toEqual(new Set(['kling-1', 'mine']));
	expect(clock.now() - start).toBeLessThanOrEqual(8_000);
});

test.each([
	['an unknown status', { task_id: 'a', task_status: 'finished' }],
	['no status', { task_id: 'a' }],
	[
		'two statuses that contradict each other',
		{ task_id: 'a', status: 'SUCCESS', progress: '100%', data: { task_status: 'processing' } },
	],
])('queries the API even if Verify is off, after a callback with %s', async (_what, body) => {
	const outcome = await send({
		body,
		parameters: { statuses: ['succeeded', 'failed', 'running'], options: { verify: false } },
		reply: () => taskReply('a', 'succeed'),
	});
	expect(outcome).toMatchObject({ asked: ['a'], items: [{ task_status: 'succeed' }] });
});

test('believes a callback with one known status if Verify is off', async () => {
	const outcome = await send({
		body: { task_id: 'a', task_status: 'failed' },
		parameters: { options: { verify: false } },
		reply: () => taskReply('a', 'succeed'),
	});
	expect(outcome).toMatchObject({ asked: [], items: [{ task_status: 'failed' }] });
});

test.each([true, false])(
	'which end it was is the decision of the API (Verify: %s)',
	async (verify) => {
		const outcome = await send({
			body: {
				task_id: 'a',
				status: 'SUCCESS',
				progress: '100%',
				data: { task_id: 'k', task_status: 'failed' },
			},
			parameters: { statuses: ['failed'], options: { verify } },
			reply: () => taskReply('a', 'failed'),
		});
		expect(outcome).toMatchObject({ asked: ['a'], items: [{ task_status: 'failed' }] });
	},
);
