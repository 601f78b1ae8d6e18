import { callBackWaiting, clock, taskReply, waitingFor, type Callback } from './callBack';

const SUCCEEDED = { task_id: 'a', task_status: 'succeed' };

/** The API lags behind the callback by this many seconds. */
function lagging(seconds: number, executionId: string): Callback {
	const endsAt = clock.now() + seconds * 1000;
	return {
		body: SUCCEEDED,
		context: waitingFor('a'),
		executionId,
		reply: () => taskReply('a', clock.now() < endsAt ? 'processing' : 'succeed'),
	};
}

test('a callback that arrives at the end of the polls of another one polls again', async () => {
	const callback = lagging(10, 'late');
	const [first, late] = await clock.run(
		async () =>
			await Promise.all([
				callBackWaiting(callback),
				clock.sleep(6_800).then(async () => await callBackWaiting(callback)),
			]),
	);
	expect(first).toMatchObject({ httpStatus: 503, items: undefined });
	expect(late).toMatchObject({ httpStatus: 200, items: [{ task_status: 'succeed' }] });
});

test('callbacks that arrive together share their polls, and one of them resumes', async () => {
	const callback = lagging(2.5, 'together');
	const outcomes = await clock.run(
		async () => await Promise.all([1, 2, 3].map(async () => await callBackWaiting(callback))),
	);
	expect(outcomes.map(({ httpStatus }) => httpStatus)).toEqual([200, 200, 200]);
	expect(outcomes.filter(({ items }) => items)).toHaveLength(1);
	expect(outcomes.flatMap(({ asked }) => asked).length).toBeLessThan(6);
});

test('callbacks that arrive together give up together', async () => {
	const callback = lagging(60, 'in vain');
	const start = clock.now();
	const outcomes = await clock.run(
		async () => await Promise.all([1, 2, 3].map(async () => await callBackWaiting(callback))),
	);
	expect(outcomes.map(({ httpStatus }) => httpStatus)).toEqual([503, 503, 503]);
	expect(clock.now() - start).toBeLessThanOrEqual(8_000);
});

test('a later wait of the same execution resumes while an earlier callback is processed', async () => {
	const first = lagging(0.4, 'loop');
	const later: Callback = {
		body: { task_id: 'b', task_status: 'succeed' },
		context: waitingFor('b'),
		executionId: 'loop',
		reply: () => taskReply('b', 'succeed'),
	};
	const [slow, resuming, second] = await clock.run(
		async () =>
			await Promise.all([
				// This one polls at once and then after a second.
				callBackWaiting(first),
				clock.sleep(500).then(async () => await callBackWaiting({ ...first, body: {} })),
				clock.sleep(600).then(async () => await callBackWaiting(later)),
			]),
	);
	expect(slow).toMatchObject({ httpStatus: 200, items: undefined });
	expect(resuming).toMatchObject({ httpStatus: 200, items: [{ task_id: 'a' }] });
	expect(second).toMatchObject({ httpStatus: 200, items: [{ task_id: 'b' }] });
});
