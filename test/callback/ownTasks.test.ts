import { OwnTasks } from '../../nodes/CometApiKling/callback/ownTasks';
import { AVATAR_ROUTE } from '../../nodes/CometApiKling/kling/routes';
import { itemsOf, runWorkflow } from '../harness/index';
import { avatarWorkflow, countOf, quickService } from '../paidOnce/setup';
import { countingProxy } from '../purchase/countingProxy';

function task(externalTaskId?: string, createdAt?: number): Parameters<OwnTasks['has']>[0] {
	const nothing = (): undefined => undefined;
	return {
		route: AVATAR_ROUTE,
		taskId: '7',
		externalTaskId,
		createdAt,
		reused: false,
		release: nothing,
		discard: nothing,
	};
}

test('a task calls back the execution that stored its external ID', () => {
	const context = {};
	new OwnTasks(context, '1').add('mine');
	expect(new OwnTasks(context, '1').has(task('mine'))).toBe(true);
	expect(new OwnTasks(context, '1').has(task('other'))).toBe(false);
	expect(new OwnTasks(context, '1').has(task())).toBe(false);
	expect(new OwnTasks(context, '1').has(task('other', 1_000))).toBe(true);
});

test('the tasks of an earlier execution call back that one', () => {
	const context = {};
	new OwnTasks(context, '1').add('mine');
	const retried = new OwnTasks(context, '2');
	expect(retried.has(task('mine'))).toBe(false);
	retried.add('new');
	expect(retried.has(task('new'))).toBe(true);
	expect(new OwnTasks(context, '1').has(task('mine'))).toBe(false);
});

test('the time per task does not depend on the number of tasks', () => {
	const operationsFor = (count: number): number => {
		let operations = 0;
		const own = new OwnTasks(
			countingProxy({}, () => operations++),
			'1',
		);
		for (let index = 0; index < count; index++) own.add(`id-${index}`);
		return operations / count;
	};
	expect(operationsFor(4_000) / operationsFor(250)).toBeLessThan(1.1);
});

test('a task with the own External Task ID is awaited although the response was lost', async () => {
	const { simulator, credentials } = await quickService({ taskSeconds: 600 });
	simulator.inject({ on: 'create', kind: 'resetAfter' });
	const options = { waitStrategy: 'callback', maxWaitSeconds: 60, externalTaskId: 'mine-1' };
	const result = await runWorkflow({ workflow: avatarWorkflow(simulator, options), credentials });
	await simulator.stop();
	expect(result.status).toBe('waiting');
});

test('an ID is stored once, and all IDs are deleted at the end', () => {
	const context: Record<string, unknown> = {};
	const own = new OwnTasks(context, '1');
	own.add('mine');
	own.add('mine');
	expect(JSON.stringify(context).split('mine')).toHaveLength(2);
	own.clear();
	expect(context).toEqual({});
});

test.each([[undefined], ['text'], [{ executionId: '1', ids: 'mine' }]])(
	'tolerates %j in a context that was edited manually',
	(tasksThatCallBack) => {
		expect(new OwnTasks({ tasksThatCallBack }, '1').has(task('mine'))).toBe(false);
	},
);

test.each([
	['a generated', {}],
	["the user's own", { externalTaskId: '=mine-{{ $itemIndex }}' }],
])('in n8n: Retry On Fail suspends again, with %s external ID', async (_whose, options) => {
	const { simulator, credentials } = await quickService({ taskSeconds: 600 });
	simulator.inject({ on: 'create', kind: { http: 400, code: 1201 }, after: 1 });
	const workflow = avatarWorkflow(
		simulator,
		{ waitStrategy: 'callback', maxWaitSeconds: 5, ...options },
		{ retryOnFail: true, maxTries: 2, waitBetweenTries: 0 },
	);
	const result = await runWorkflow({ workflow, credentials, input: itemsOf({}, {}) });
	await simulator.stop();
	expect(result.error?.message).toBeUndefined();
	expect(result.status).toBe('waiting');
	expect(simulator.paidTasks()).toBe(2);
	// Only the check before suspending polls: the task of the first attempt is not polled.
	expect(countOf(simulator, 'poll')).toBeLessThanOrEqual(1);
});
