import {
	callBackTrigger,
	callBackWaiting,
	clock,
	taskReply,
	UNKNOWN_TASK,
	waitingFor,
	type Reply,
} from './callBack';

const OPEN_ENDED = [
	['a final status', { task_id: 'a', task_status: 'succeed' }],
	['an unknown status', { task_id: 'a', task_status: 'finished' }],
	['no status', { task_id: 'a' }],
] as const;

const lagging = (_id: string, count: number): Reply =>
	taskReply('a', count < 3 ? 'processing' : 'succeed');

test.each(OPEN_ENDED)(
	'waits for an API that lags behind a callback with %s',
	async (_what, body) => {
		const outcomes = await clock.run(async () => [
			await callBackWaiting({ body, context: waitingFor('a'), reply: lagging }),
			await callBackTrigger({ body, reply: lagging }),
		]);
		for (const outcome of outcomes) {
			expect(outcome).toMatchObject({ httpStatus: 200, items: [{ task_status: 'succeed' }] });
			expect(outcome.asked).toHaveLength(3);
		}
	},
);

test.each(OPEN_ENDED)(
	'asks for a repeat if the API lags behind %s for long',
	async (_what, body) => {
		const reply = (): Reply => taskReply('a', 'processing');
		const outcomes = await clock.run(async () => [
			await callBackWaiting({ body, context: waitingFor('a'), reply }),
			await callBackTrigger({ body, reply }),
		]);
		for (const outcome of outcomes) {
			expect(outcome).toMatchObject({ httpStatus: 503, items: undefined });
		}
	},
);

test('a running task is not polled if the callback says so', async () => {
	const body = { task_id: 'a', task_status: 'processing' };
	const outcomes = await clock.run(async () => [
		await callBackWaiting({ body, context: waitingFor('a'), reply: lagging }),
		await callBackTrigger({ body, reply: lagging }),
	]);
	for (const outcome of outcomes) {
		expect(outcome).toMatchObject({ httpStatus: 200, asked: [], items: undefined });
	}
});

test('a body without a task prompts one poll, and a repeat while a task runs', async () => {
	const outcome = await clock.run(
		async () =>
			await callBackWaiting({
				body: { event: 'ping' },
				context: waitingFor('a', 'b'),
				reply: () => taskReply('a', 'processing'),
			}),
	);
	expect(outcome).toMatchObject({ httpStatus: 503, asked: ['a'], items: undefined });
});

test('another task that still runs needs no repeat of the callback', async () => {
	const outcome = await clock.run(
		async () =>
			await callBackWaiting({
				body: { task_id: 'a', task_status: 'done' },
				context: waitingFor('a', 'b'),
				reply: (id) => taskReply(id, id === 'a' ? 'succeed' : 'processing'),
			}),
	);
	expect(outcome).toMatchObject({ httpStatus: 200, asked: ['a', 'b'], items: undefined });
});

test('the trigger waits for an API that does not know the task yet', async () => {
	const body = { task_id: 'a', task_status: 'failed' };
	const reply = (_id: string, count: number): Reply =>
		count < 3 ? UNKNOWN_TASK : taskReply('a', 'failed');
	const known = await clock.run(async () => await callBackTrigger({ body, reply }));
	expect(known).toMatchObject({ httpStatus: 200, items: [{ task_status: 'failed' }] });
	const unknown = await clock.run(
		async () => await callBackTrigger({ body, reply: () => UNKNOWN_TASK }),
	);
	expect(unknown).toMatchObject({ httpStatus: 503, items: undefined });
});

test('a trigger for running tasks starts with a running task, whatever the callback calls it', async () => {
	const outcome = await clock.run(
		async () =>
			await callBackTrigger({
				body: { task_id: 'a', task_status: 'rendering' },
				parameters: { statuses: ['running'] },
				reply: () => taskReply('a', 'processing'),
			}),
	);
	expect(outcome).toMatchObject({ httpStatus: 200, items: [{ task_status: 'processing' }] });
});
