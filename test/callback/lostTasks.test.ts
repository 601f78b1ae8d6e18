import { callBackWaiting, clock, taskReply, UNKNOWN_TASK, waitingFor } from './callBack';

const BODY = { task_id: 'a', task_status: 'succeed' };

test('of three items, a lost one is output with its error', async () => {
	const outcome = await clock.run(
		async () =>
			await callBackWaiting({
				body: BODY,
				context: waitingFor('a', 'b', 'c'),
				reply: (id) => (id === 'c' ? UNKNOWN_TASK : taskReply(id, 'succeed')),
			}),
	);
	expect(outcome.items).toMatchObject([
		{ task_id: 'a', video_url: 'https://f.example.com/v.mp4' },
		{ task_id: 'b', video_url: 'https://f.example.com/v.mp4' },
		{ task_id: 'c', external_task_id: 'ext-c', task_type: 'avatar' },
	]);
	expect(outcome.items?.[2]?.error).toMatch(/^CometAPI could not find the task/);
});

test.each([true, false])(
	'a lost clip leaves the videos of the others (Simplify: %s)',
	async (simplify) => {
		const clips = ['a', 'b', 'c'].map((id) => ({
			task_id: id,
			external_task_id: `ext-${id}`,
			text: `Text ${id}.`,
			audio_id: '1',
		}));
		const outcome = await clock.run(
			async () =>
				await callBackWaiting({
					body: BODY,
					context: { waitingTasks: [{ item: 0, task_type: 'avatar', simplify, clips }] },
					reply: (id) => (id === 'b' ? UNKNOWN_TASK : taskReply(id, 'succeed')),
				}),
		);
		const lost = { task_id: 'b', external_task_id: 'ext-b', text: 'Text b.', audio_id: '1' };
		expect(outcome.items).toMatchObject([
			{
				task_id: 'a',
				clips: [{ task_id: 'a' }, lost, { task_id: 'c' }],
			},
		]);
		expect(outcome.items?.[0]?.error).toMatch(/^Clip 2: CometAPI could not find the task/);
		expect(JSON.stringify(outcome.items).match(/"[^"]*v\.mp4"/g)?.length).toBeGreaterThanOrEqual(2);
	},
);
