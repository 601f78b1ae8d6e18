import {
	pollBeforeSuspending,
	type SubmittedTask,
} from '../../nodes/CometApiKling/callback/pollBeforeSuspending';
import { parseResponse } from '../../nodes/CometApiKling/kling/response/parseResponse';
import { AVATAR_ROUTE } from '../../nodes/CometApiKling/kling/routes';
import { Pacer } from '../../nodes/CometApiKling/polling/limits/pacer';
import type { Poller } from '../../nodes/CometApiKling/polling/pollTask';
import { itemsOf, runWorkflow } from '../harness/index';
import { avatarWorkflow, NODE, quickService } from '../paidOnce/setup';
import { VirtualClock } from '../support/virtualClock';

const NOW_MS = 1_000_000;

/** A task that was created this many seconds ago. */
function submitted(taskId: string, ageSeconds: number): SubmittedTask {
	return {
		started: {
			route: AVATAR_ROUTE,
			taskId,
			createdAt: NOW_MS - ageSeconds * 1000,
			reused: false,
			release: () => undefined,
			discard: () => undefined,
		},
	};
}

/** Runs the check before suspending; returns the polled IDs and those of finished tasks. */
async function check(
	tasks: SubmittedTask[],
	statuses: Record<string, string>,
	signal = new AbortController().signal,
): Promise<{ asked: string[]; ended: string[] }> {
	const asked: string[] = [];
	const clock = new VirtualClock(NOW_MS);
	const run: Poller = {
		service: {
			create: async () => await Promise.reject(new Error('Nothing should be bought.')),
			query: async (_route, id) => {
				asked.push(id);
				const text = JSON.stringify({ code: 0, data: { task_id: id, task_status: statuses[id] } });
				const httpStatus = statuses[id] === undefined ? 404 : 200;
				return parseResponse({ httpStatus, contentType: 'application/json', text });
			},
		},
		pacer: new Pacer(20, clock),
		clock,
		signal,
	};
	await clock.run(async () => await pollBeforeSuspending(run, tasks));
	const ended = tasks.filter((task) => task.ended).map((task) => task.started.taskId);
	return { asked, ended };
}

test('polls the newest task first, and stops at the first running task', async () => {
	const tasks = [submitted('old', 90), submitted('new', 5), submitted('middle', 30)];
	const statuses = { old: 'succeed', middle: 'processing', new: 'failed' };
	expect(await check(tasks, statuses)).toEqual({ asked: ['new', 'middle'], ended: ['new'] });
});

test('skips tasks that are new or already finished', async () => {
	expect(await check([submitted('new', 0), submitted('old', 60)], {})).toEqual({
		asked: [],
		ended: [],
	});
	const done = submitted('done', 60);
	await check([done], { done: 'succeed' });
	expect((await check([done], { done: 'succeed' })).asked).toEqual([]);
});

test('suspends for a task that cannot be polled, because its ID is returned when the time runs out', async () => {
	expect(await check([submitted('lost', 60)], {})).toEqual({ asked: ['lost'], ended: [] });
});

test('neither polls nor suspends after a cancellation', async () => {
	await expect(check([submitted('one', 60)], {}, AbortSignal.abort())).rejects.toThrow('canceled');
});

test('in n8n: does not wait for tasks that ended while one of an earlier attempt was polled', async () => {
	const { simulator, credentials } = await quickService({
		taskSeconds: (order) => (order === 0 ? 5 : 1),
	});
	simulator.inject({ on: 'create', kind: { http: 400, code: 1201 }, after: 1 });
	const workflow = avatarWorkflow(simulator, { waitStrategy: 'callback' });
	const failed = await runWorkflow({ workflow, credentials, input: itemsOf({}, {}) });
	expect(failed.status).toBe('error');

	const retried = await runWorkflow({ workflow, credentials, retryOf: failed });
	await simulator.stop();
	expect(retried.status).toBe('success');
	expect(retried.items(NODE).map((item) => item.json.task_status)).toEqual(['succeed', 'succeed']);
	expect(simulator.paidTasks()).toBe(2);
});
