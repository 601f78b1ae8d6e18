import type { Settled } from '../../nodes/CometApiKling/callback/settle';
import type { PolledTask } from '../../nodes/CometApiKling/polling/pollTask';
import { withVisit } from '../../nodes/CometApiKling/callback/visits';
import { AVATAR_ROUTE } from '../../nodes/CometApiKling/kling/routes';
import { readTask } from '../../nodes/CometApiKling/kling/response/readTask';

const TASK: PolledTask = { taskId: '7', route: AVATAR_ROUTE };

function settledAs(kind: 'ended' | 'running'): Settled {
	const task = readTask([{ task_id: '7', task_status: 'processing' }]);
	if (!task) throw new Error('There is no task.');
	return { kind, task };
}

/** A poll that responds when `respond` is called. */
function slowPoll(): { poll: () => Promise<Settled>; count: () => number; respond: () => void } {
	let polls = 0;
	let respond = (): void => undefined;
	const responded = new Promise<void>((resolve) => (respond = resolve));
	const poll = async (): Promise<Settled> => {
		polls++;
		await responded;
		return settledAs('ended');
	};
	return { poll, count: () => polls, respond };
}

test('callbacks of one execution share pending polls for the same task', async () => {
	const { poll, count, respond } = slowPoll();
	const visitors = [true, true, false].map(
		async (untilEnded) =>
			await withVisit('one', [TASK], async (visit) => await visit.settle(TASK, untilEnded, poll)),
	);
	respond();
	await Promise.all(visitors);
	expect(count()).toBe(2);
});

test('polls a running task again, but not a finished one', async () => {
	await withVisit('one', [TASK], async (visit) => {
		const poll = jest.fn(async () => settledAs('running'));
		await visit.settle(TASK, true, poll);
		poll.mockImplementation(async () => settledAs('ended'));
		await visit.settle(TASK, true, poll);
		await visit.settle(TASK, false, poll);
		expect(poll).toHaveBeenCalledTimes(2);
	});
});

test('keeps nothing after the last callback, and shares nothing between executions', async () => {
	const visits = await Promise.all([
		withVisit('one', [TASK], async (visit) => visit),
		withVisit('one', [TASK], async (visit) => visit),
		withVisit('other', [TASK], async (visit) => visit),
	]);
	expect(visits[0]).toBe(visits[1]);
	expect(visits[2]).not.toBe(visits[0]);
	expect(await withVisit('one', [TASK], async (visit) => visit)).not.toBe(visits[0]);
});

test('a second wait of the same execution shares nothing with the first one', async () => {
	const later: PolledTask = { taskId: '8', route: AVATAR_ROUTE };
	await withVisit('one', [TASK], async (visit) => {
		visit.isResuming = true;
		await withVisit('one', [TASK], async (same) => expect(same.isResuming).toBe(true));
		await withVisit('one', [later], async (other) => expect(other.isResuming).toBe(false));
	});
});

test('does not share a failed poll', async () => {
	await withVisit('one', [TASK], async (visit) => {
		const failing = visit.settle(TASK, true, async () => await Promise.reject(new Error('no')));
		await expect(failing).rejects.toThrow('no');
		expect(await visit.settle(TASK, true, async () => settledAs('ended'))).toMatchObject({
			kind: 'ended',
		});
	});
});
