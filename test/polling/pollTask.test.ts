import type { TaskResponse } from '../../nodes/CometApiKling/kling/service';
import { parseResponse } from '../../nodes/CometApiKling/kling/response/parseResponse';
import { AVATAR_ROUTE } from '../../nodes/CometApiKling/kling/routes';
import { UserError } from '../../nodes/CometApiKling/kling/errors/userError';
import { ForecastStore } from '../../nodes/CometApiKling/polling/forecast/forecastStore';
import { Pacer } from '../../nodes/CometApiKling/polling/limits/pacer';
import {
	pollOnce,
	waitForEnd,
	waitForEndUntil,
	type LearningPoller,
	type PolledTask,
} from '../../nodes/CometApiKling/polling/pollTask';
import { VirtualClock } from '../support/virtualClock';

const LIMITS = { maxWaitMs: 20_000, firstIntervalMs: 5_000 };
const SIZE = { kind: 'avatar:std', audioSeconds: 10 };

function response(httpStatus: number, data: object): TaskResponse {
	const text = JSON.stringify({ code: httpStatus === 200 ? 0 : httpStatus, data });
	return parseResponse({ httpStatus, contentType: 'application/json', text });
}

function task(status: string, more: object = {}): TaskResponse {
	return response(200, { task_id: '42', task_status: status, ...more });
}

const BUSY = response(503, {});
const GONE = response(404, {});

/** A poller in virtual time; the last of its responses repeats. */
class Scenario {
	readonly clock = new VirtualClock();
	readonly start = this.clock.now();
	readonly end = new AbortController();
	readonly polledAtMs: number[] = [];
	readonly forecasts = new ForecastStore(new Map());
	readonly polled: PolledTask = { route: AVATAR_ROUTE, taskId: '42' };
	readonly poller: LearningPoller;

	constructor(responses: TaskResponse[]) {
		this.poller = {
			service: {
				create: async () => await Promise.reject(new Error('Nothing may be created here.')),
				query: async () => {
					this.polledAtMs.push(this.clock.now() - this.start);
					const next = responses[Math.min(this.polledAtMs.length, responses.length) - 1];
					if (!next) throw new Error('No response was scripted.');
					return await Promise.resolve(next);
				},
			},
			clock: this.clock,
			pacer: new Pacer(20, this.clock),
			signal: this.end.signal,
			forecasts: this.forecasts,
		};
	}

	abortAfter(milliseconds: number, controller: AbortController): void {
		void this.clock.sleep(milliseconds).then(() => controller.abort());
	}

	/** The error that the work throws. */
	async errorOf(work: () => Promise<unknown>): Promise<UserError> {
		const thrown = await this.clock.run(
			async () =>
				await work().then(
					() => undefined,
					(error: unknown) => error,
				),
		);
		if (!(thrown instanceof UserError)) throw new Error('No UserError was thrown.');
		return thrown;
	}
}

describe('a single poll', () => {
	const poll = async (scenario: Scenario) => await pollOnce(scenario.poller, scenario.polled);

	test('returns the task, even if it is still running', async () => {
		const scenario = new Scenario([task('processing')]);
		const found = await scenario.clock.run(async () => await poll(scenario));
		expect(found.state).toBe('running');
		expect(scenario.polledAtMs).toEqual([0]);
	});

	test('is repeated twice after temporary faults', async () => {
		const scenario = new Scenario([BUSY, BUSY, task('succeed')]);
		const found = await scenario.clock.run(async () => await poll(scenario));
		expect(found.state).toBe('succeeded');
		expect(scenario.polledAtMs).toEqual([0, 1_000, 5_000]);
	});

	test('fails with the task ID if the faults continue', async () => {
		const scenario = new Scenario([BUSY]);
		const error = await scenario.errorOf(async () => await poll(scenario));
		expect(error.details.taskId).toBe('42');
		expect(error.details.fault).toMatchObject({ httpStatus: 503 });
		expect(scenario.polledAtMs).toHaveLength(3);
	});

	test('is not repeated after a permanent fault', async () => {
		const scenario = new Scenario([GONE]);
		const error = await scenario.errorOf(async () => await poll(scenario));
		expect(error.details.fault).toMatchObject({ httpStatus: 404 });
		expect(scenario.polledAtMs).toHaveLength(1);
	});

	test.each([0, 500])('sends nothing after a cancellation at %i ms', async (cancelAtMs) => {
		const scenario = new Scenario([BUSY]);
		if (cancelAtMs === 0) scenario.end.abort();
		else scenario.abortAfter(cancelAtMs, scenario.end);
		const error = await scenario.errorOf(async () => await poll(scenario));
		expect(error.message).toBe('The wait for task 42 was canceled');
		expect(error.details.taskId).toBe('42');
		expect(scenario.polledAtMs).toHaveLength(cancelAtMs === 0 ? 0 : 1);
	});
});

describe('a wait', () => {
	const waitFor = async (scenario: Scenario, polled: Partial<PolledTask> = {}) =>
		await waitForEnd(scenario.poller, { ...scenario.polled, ...polled }, LIMITS);

	test('polls a task of an earlier execution immediately', async () => {
		const scenario = new Scenario([task('processing'), task('succeed')]);
		const found = await scenario.clock.run(async () => await waitFor(scenario));
		expect(found.state).toBe('succeeded');
		expect(scenario.polledAtMs).toEqual([0, 5_000]);
	});

	test('gives a new task the first interval and a grace period', async () => {
		const scenario = new Scenario([GONE, task('failed')]);
		const created = { createdAt: scenario.start };
		const found = await scenario.clock.run(async () => await waitFor(scenario, created));
		expect(found.state).toBe('failed');
		expect(scenario.polledAtMs).toEqual([5_000, 10_000]);
	});

	test('reports how long it took, the statuses and how to continue if it times out', async () => {
		const scenario = new Scenario([task('processing'), task('dancing'), BUSY, task('submitted')]);
		const error = await scenario.errorOf(async () => await waitFor(scenario));
		expect(error.message).toBe('Task 42 did not finish within 20 seconds');
		expect(error.details.taskId).toBe('42');
		expect(error.details.advice).toBe(
			'The task may still finish: retry the execution to keep waiting for it, or fetch it with Task > Get. Nothing is charged again. ' +
				"To wait longer, increase 'Max Wait (Seconds)'. " +
				'Status checks so far: processing x1, dancing x1, HTTP 503 code 503 x1, submitted x3. ' +
				'This node does not know the status "dancing".',
		);
	});

	test('mentions no unknown status if there was none', async () => {
		const scenario = new Scenario([task('processing')]);
		const error = await scenario.errorOf(async () => await waitFor(scenario));
		expect(error.details.advice).toMatch(/Status checks so far: processing x6\.$/);
	});

	test('reports for how long the task could not be read', async () => {
		const scenario = new Scenario([task('processing'), BUSY]);
		const error = await scenario.errorOf(async () => await waitFor(scenario));
		expect(error.message).toBe('Task 42 could not be checked for 20 seconds: HTTP 503 code 503');
		expect(error.details.advice).toContain('Task > Get');
		expect(error.details.advice).toContain('so far: processing x1, HTTP 503 code 503 x5.');
	});

	test('stops at a permanent fault, with its advice and the status checks', async () => {
		const scenario = new Scenario([task('processing'), GONE]);
		const error = await scenario.errorOf(async () => await waitFor(scenario));
		expect(error.details.fault).toMatchObject({ httpStatus: 404 });
		expect(error.details.taskId).toBe('42');
		expect(error.details.advice).toMatch(
			/. Status checks so far: processing x1, HTTP 404 code 404 x1\.$/,
		);
	});

	test('ends if it is canceled', async () => {
		const scenario = new Scenario([task('processing')]);
		scenario.abortAfter(7_000, scenario.end);
		const error = await scenario.errorOf(async () => await waitFor(scenario));
		expect(error.message).toBe('The wait for task 42 was canceled');
		expect(error.details.advice).toContain('processing x2');
	});
});

describe('learning', () => {
	/** The forecast after three waits for a task like this. */
	async function learnt(response: TaskResponse, polled: Partial<PolledTask>) {
		const scenario = new Scenario([response]);
		const created = { ...scenario.polled, createdAt: scenario.start, size: SIZE, ...polled };
		await scenario.clock.run(async () => {
			for (let count = 0; count < 3; count++)
				await waitForEnd(scenario.poller, { ...created }, LIMITS);
		});
		return scenario.forecasts.forecast(SIZE);
	}

	test('prefers the duration that the service reports', async () => {
		const times = { created_at: 1_700_000_000_000, updated_at: 1_700_000_003_000 };
		expect((await learnt(task('succeed', times), {}))?.medianMs).toBeCloseTo(3_000);
	});

	test.each([
		['has none', {}],
		['reports no duration', { created_at: 5_000, updated_at: 5_000 }],
		['reports no numbers', { created_at: 'a', updated_at: 9_000 }],
		['reports only the start', { created_at: 9_000, updated_at: 'a' }],
		['reports microseconds', { created_at: 1.7e15, updated_at: 1.7e15 + 2e8 }],
		['mixes time zones', { created_at: 1.7e12, updated_at: 1.7e12 + 8 * 3_600_000 }],
	])('measures the time if the service %s', async (_, times) => {
		const median = (await learnt(task('succeed', times), {}))?.medianMs ?? 0;
		expect(median).toBeGreaterThan(5_000);
		expect(median).toBeLessThan(60_000);
	});

	test.each([
		['is rarely polled before such tasks end', SIZE, true],
		['is polled as usual if its size is unknown', undefined, false],
	])('a task %s', async (_, size, isRare) => {
		const scenario = new Scenario([task('processing')]);
		for (let count = 0; count < 20; count++) scenario.forecasts.add(SIZE, 200_000);
		const limits = { maxWaitMs: 150_000, firstIntervalMs: 5_000 };
		const polled = { ...scenario.polled, createdAt: scenario.start, ...(size && { size }) };
		await scenario.errorOf(async () => await waitForEnd(scenario.poller, polled, limits));
		const early = scenario.polledAtMs.filter((atMs) => atMs < 100_000).length;
		expect(early < 10).toBe(isRare);
	});

	test.each<[string, TaskResponse, Partial<PolledTask>]>([
		['failed tasks', task('failed'), {}],
		['tasks of earlier executions', task('succeed'), { createdAt: undefined }],
		['tasks of unknown size', task('succeed'), { size: undefined }],
	])('ignores %s', async (_, response, polled) => {
		expect(await learnt(response, polled)).toBeUndefined();
	});
});

describe('a wait that ends at another event', () => {
	async function waitUntil(scenario: Scenario, until: AbortController) {
		return await waitForEndUntil(scenario.poller, scenario.polled, LIMITS, until.signal);
	}

	test('returns the task if the task ends first', async () => {
		const scenario = new Scenario([task('succeed')]);
		const found = await scenario.clock.run(
			async () => await waitUntil(scenario, new AbortController()),
		);
		expect(found?.state).toBe('succeeded');
	});

	test('returns nothing if the other event happens first', async () => {
		const scenario = new Scenario([task('processing')]);
		const until = new AbortController();
		scenario.abortAfter(7_000, until);
		const found = await scenario.clock.run(async () => await waitUntil(scenario, until));
		expect(found).toBeUndefined();
		expect(scenario.clock.now() - scenario.start).toBe(7_000);
	});

	test.each([
		['is canceled', 'The wait for task 42 was canceled', 7_000],
		['runs out', 'Task 42 did not finish within 20 seconds', 60_000],
	])('throws if it %s', async (_, message, cancelAtMs) => {
		const scenario = new Scenario([task('processing')]);
		scenario.abortAfter(cancelAtMs, scenario.end);
		const error = await scenario.errorOf(
			async () => await waitUntil(scenario, new AbortController()),
		);
		expect(error.message).toBe(message);
	});
});
