import type { Settled } from '../../nodes/CometApiKling/callback/settle';
import type { PolledTask } from '../../nodes/CometApiKling/polling/pollTask';
import { settleAll, type SettledAll } from '../../nodes/CometApiKling/callback/settleAll';
import { AVATAR_ROUTE } from '../../nodes/CometApiKling/kling/routes';
import { readTask } from '../../nodes/CometApiKling/kling/response/readTask';

const taskOf = (taskId: string): PolledTask => ({ taskId, route: AVATAR_ROUTE });

function settledOf(taskId: string, kind: Settled['kind']): Settled {
	if (kind === 'unreadable') return { kind, lastStatus: 'HTTP 503' };
	if (kind === 'hopeless') return { kind, fault: { kind: 'notFound', message: 'task_not_exist' } };
	const task = readTask([{ task_id: taskId, task_status: 'processing' }]);
	if (!task) throw new Error('There is no task.');
	return { kind, task };
}

/**
 * Settles tasks named by letters; a capital letter in `polled` means that it was polled until its
 * end.
 */
async function resultOn(
	kinds: Record<string, Settled['kind']>,
	claimedId?: string,
): Promise<{ result: SettledAll; polled: string }> {
	let polled = '';
	const result = await settleAll(
		Object.keys(kinds).map(taskOf),
		claimedId === undefined ? undefined : taskOf(claimedId),
		async ({ taskId }, untilEnded) => {
			polled += untilEnded ? taskId.toUpperCase() : taskId;
			return settledOf(taskId, kinds[taskId] ?? 'unreadable');
		},
	);
	return { result, polled };
}

test('polls the claimed task first and until its end, and the others once', async () => {
	const all = { a: 'ended', b: 'ended', c: 'ended', d: 'ended' } as const;
	const { result, polled } = await resultOn(all, 'c');
	expect(result.kind).toBe('finished');
	expect(polled).toBe('Cabd');
});

test('ends the wait if two of three tasks have ended and one is lost', async () => {
	const { result } = await resultOn({ a: 'ended', b: 'hopeless', c: 'ended' }, 'c');
	const kinds = result.kind === 'finished' ? [...result.tasks].map(([, { kind }]) => kind) : [];
	expect(kinds.sort()).toEqual(['ended', 'ended', 'hopeless']);
});

test('continues to wait if one task is running, and polls few others', async () => {
	const { result, polled } = await resultOn({ a: 'ended', b: 'running', c: 'ended' }, 'a');
	expect(result.kind).toBe('waiting');
	expect(polled).toBe('Ab');
	expect((await resultOn({ a: 'running', b: 'ended', c: 'ended' })).polled).toBe('a');
});

test('polls finished tasks in rounds of one, two, four', async () => {
	const { polled } = await resultOn({ a: 'ended', b: 'running', c: 'ended', d: 'ended' });
	expect(polled).toBe('abc');
});

test.each([
	['contradicts the callback', { a: 'running', b: 'ended' }, 'processing'],
	['cannot report the claimed task', { a: 'unreadable', b: 'ended' }, 'HTTP 503'],
	['cannot report another task', { a: 'ended', b: 'unreadable' }, 'HTTP 503'],
] as const)('the API %s', async (_what, kinds, lastStatus) => {
	const { result } = await resultOn(kinds, 'a');
	expect(result).toEqual({ kind: 'unclear', lastStatus });
});

test('waits for a running task to call back, even if another cannot be read', async () => {
	const kinds = { a: 'ended', b: 'ended', c: 'unreadable', d: 'running' } as const;
	expect((await resultOn(kinds, 'a')).result.kind).toBe('waiting');
});
