import {
	callBackTrigger,
	callBackWaiting,
	clock,
	taskReply,
	waitingFor,
	type Reply,
} from './callBack';

const PAGE = '<html><body>Down for maintenance</body></html>';

const SUCCEEDED = { task_id: 'a', task_status: 'succeed' };

/** Responses that say nothing about a task. */
const OUTAGES: Array<[string, Reply]> = [
	['a maintenance page', { body: PAGE, contentType: 'text/html' }],
	['a redirect', { http: 302, body: '' }],
	['the page of a firewall', { http: 403, body: PAGE, contentType: 'text/html' }],
	['a page with 404', { http: 404, body: PAGE, contentType: 'text/html' }],
	['a rejected key', { http: 401, body: { code: 1000, message: 'invalid key' } }],
	['an account in arrears', { http: 429, body: { code: 1101, message: 'arrears' } }],
	[
		'a quota that is used up',
		{ http: 403, body: { error: { code: 'insufficient_user_quota', message: 'no quota' } } },
	],
	['invalid parameters', { http: 400, body: { code: 1201, message: 'invalid' } }],
	['HTTP 503', { http: 503, body: '' }],
];

test.each(OUTAGES)('the execution keeps waiting during an outage: %s', async (_what, reply) => {
	for (const body of [SUCCEEDED, {}]) {
		const context = waitingFor('a', 'b');
		const outcome = await clock.run(
			async () => await callBackWaiting({ body, context, reply: () => reply }),
		);
		expect(outcome).toMatchObject({ httpStatus: 503, items: undefined });
		expect(outcome.logs).toHaveLength(1);
	}
});

test.each(OUTAGES)('a finished task is not output during an outage: %s', async (_what, reply) => {
	const outcome = await clock.run(
		async () =>
			await callBackWaiting({
				body: SUCCEEDED,
				context: waitingFor('a', 'b'),
				reply: (id) => (id === 'a' ? taskReply('a', 'succeed') : reply),
			}),
	);
	expect(outcome).toMatchObject({ httpStatus: 503, items: undefined });
});

test.each(OUTAGES)('the trigger asks for another callback after %s', async (_what, reply) => {
	const outcome = await clock.run(
		async () => await callBackTrigger({ body: SUCCEEDED, reply: () => reply }),
	);
	expect(outcome).toMatchObject({ httpStatus: 503, items: undefined });
	expect(outcome.logs).toHaveLength(1);
});

test.each(OUTAGES)('polls again after a short outage: %s', async (_what, outage) => {
	const reply = (_id: string, count: number): Reply =>
		count < 3 ? outage : taskReply('a', 'succeed');
	const outcomes = await clock.run(async () => [
		await callBackWaiting({ body: SUCCEEDED, context: waitingFor('a'), reply }),
		await callBackTrigger({ body: SUCCEEDED, reply }),
	]);
	for (const outcome of outcomes) {
		expect(outcome).toMatchObject({ httpStatus: 200, items: [{ task_status: 'succeed' }] });
	}
});

test('the line in the log is short, whatever the API returns', async () => {
	const reply = (_id: string, count: number): Reply => ({
		http: 500,
		body: { code: `e${count}_${'x y '.repeat(90)}`, message: 'm' },
	});
	const outcome = await clock.run(
		async () => await callBackWaiting({ body: SUCCEEDED, context: waitingFor('a'), reply }),
	);
	expect(outcome.logs).toHaveLength(1);
	expect(outcome.logs[0]?.length).toBeLessThan(600);
});
