import { PATIENCE_MS, settle, type Settled } from '../../nodes/CometApiKling/callback/settle';
import { parseResponse } from '../../nodes/CometApiKling/kling/response/parseResponse';
import { AVATAR_ROUTE } from '../../nodes/CometApiKling/kling/routes';
import { Pacer } from '../../nodes/CometApiKling/polling/limits/pacer';
import { VirtualClock } from '../support/virtualClock';

const NOW_MS = 1_000_000;

/**
 * The API's responses in order: a status of the task, or an HTTP status. The last one is repeated.
 */
type StatusResponse = string | number;

async function settled(
	responses: StatusResponse[],
	untilEnded: boolean,
	createdAt?: number,
): Promise<{ settled: Settled; polls: number; tookMs: number }> {
	const clock = new VirtualClock(NOW_MS);
	let polls = 0;
	const run = {
		service: {
			create: async () => await Promise.reject(new Error('Nothing should be bought.')),
			query: async () => {
				const response = responses[Math.min(polls++, responses.length - 1)];
				const task = { task_id: '7', task_status: response };
				const text = JSON.stringify(typeof response === 'string' ? { code: 0, data: task } : {});
				const httpStatus = typeof response === 'number' ? response : 200;
				return parseResponse({ httpStatus, contentType: 'application/json', text });
			},
		},
		pacer: new Pacer(20, clock),
		clock,
		signal: new AbortController().signal,
	};
	const task = { taskId: '7', route: AVATAR_ROUTE, createdAt };
	const result = await clock.run(async () => await settle(run, task, untilEnded));
	return { settled: result, polls, tookMs: clock.now() - NOW_MS };
}

test.each([
	['a finished task is detected at once', ['succeed'], 'ended', 1],
	['a failed task counts as finished', ['failed'], 'ended', 1],
	['the API lags behind its callback', ['processing', 'processing', 'succeed'], 'ended', 3],
	['the API is down for a moment', [503, 503, 'succeed'], 'ended', 3],
	['an unknown task is hopeless', [404], 'hopeless', 1],
	['the API rejects the key for a moment', [401, 'succeed'], 'ended', 2],
])('%s', async (_what, responses, kind, polls) => {
	expect(await settled(responses, true)).toMatchObject({ settled: { kind }, polls });
});

test.each([
	['reports a running task', ['processing'], 'running'],
	['is down', [503], 'unreadable'],
	['rejects the key', [401], 'unreadable'],
	['does both in turn', ['processing', 503], 'unreadable'],
])('gives up after a few seconds if the API %s for longer', async (_what, responses, kind) => {
	const result = await settled(responses, true);
	expect(result.settled.kind).toBe(kind);
	expect(result.polls).toBeGreaterThan(5);
	expect(result.tookMs).toBeLessThanOrEqual(PATIENCE_MS);
});

test('polls a running task only once if no callback claims that it ended', async () => {
	const result = await settled(['processing'], false);
	expect(result).toMatchObject({ settled: { kind: 'running' }, polls: 1, tookMs: 0 });
	expect(await settled([503, 'processing'], false)).toMatchObject({ polls: 2 });
});

test('treats an unknown task as new within seconds of its creation, and as lost after a minute', async () => {
	expect((await settled([404, 'succeed'], true, NOW_MS - 1_000)).settled.kind).toBe('ended');
	expect((await settled([404], true, NOW_MS - 1_000)).settled.kind).toBe('unreadable');
	expect((await settled([404], true, NOW_MS - 60_000)).settled.kind).toBe('hopeless');
});
