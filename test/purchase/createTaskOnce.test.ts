import pLimit from 'p-limit';

import type { TaskResponse } from '../../nodes/CometApiKling/kling/service';
import { AVATAR_ROUTE } from '../../nodes/CometApiKling/kling/routes';
import { UserError } from '../../nodes/CometApiKling/kling/errors/userError';
import { ByteBudget } from '../../nodes/CometApiKling/polling/limits/byteBudget';
import { ForecastStore } from '../../nodes/CometApiKling/polling/forecast/forecastStore';
import { Pacer } from '../../nodes/CometApiKling/polling/limits/pacer';
import { Slots } from '../../nodes/CometApiKling/polling/limits/slots';
import {
	createTaskOnce,
	type CreatedTask,
	type CreateTaskRequest,
} from '../../nodes/CometApiKling/purchase/createTaskOnce';
import { Costs } from '../../nodes/CometApiKling/purchase/costs';
import { Ledger, type LedgerScope } from '../../nodes/CometApiKling/purchase/ledger/ledger';
import type { Run } from '../../nodes/CometApiKling/purchase/run';
import { VirtualClock } from '../support/virtualClock';
import { faultResponse, taskResponse } from './submitSetup';

const MEGABYTE = 1024 * 1024;

interface Bench {
	run: Run;
	clock: VirtualClock;
	end: AbortController;
	/** Log lines and requests, in order. */
	events: string[];
}

function bench({
	create = async () => taskResponse('7'),
	query = async () => faultResponse('notFound'),
	context = {},
	scope = 0,
	creates = 8,
	uploadBytes = 32 * MEGABYTE,
}: {
	create?: (clock: VirtualClock) => Promise<TaskResponse>;
	query?: () => Promise<TaskResponse>;
	context?: Record<string, unknown>;
	scope?: LedgerScope;
	creates?: number;
	uploadBytes?: number;
} = {}): Bench {
	const clock = new VirtualClock();
	const end = new AbortController();
	const events: string[] = [];
	let ids = 0;
	const run: Run = {
		service: {
			create: async (_route, body) => {
				events.push(`POST ${body.toString()}`);
				return await create(clock);
			},
			query: async (_route, id) => {
				events.push(`GET ${id}`);
				return await query();
			},
		},
		clock,
		signal: end.signal,
		fail: () => end.abort(),
		failedItem: () => undefined,
		slots: new Slots(10, clock, end.signal),
		pacer: new Pacer(20, clock),
		ledger: new Ledger(context, scope),
		creates: pLimit(creates),
		uploads: new ByteBudget(uploadBytes, end.signal),
		downloads: pLimit(1),
		forecasts: new ForecastStore(new Map()),
		costs: new Costs(),
		newExternalId: (itemIndex) => `id-${itemIndex}-${ids++}`,
		log: (message) => void events.push(message),
	};
	return { run, clock, end, events };
}

function request(more: Partial<CreateTaskRequest> = {}): CreateTaskRequest {
	return {
		itemIndex: 0,
		part: 'avatar',
		identity: { hash: 'hash', testHash: 'hash' },
		reuse: true,
		route: AVATAR_ROUTE,
		bytes: 0,
		body: async (id) => Buffer.from(id),
		maxWaitMs: 60_000,
		...more,
	};
}

const posts = ({ events }: Bench): string[] => events.filter((event) => event.startsWith('POST'));

/** Runs the work in virtual time, and returns the error that it ends with. */
async function errorOf({ clock }: Bench, work: () => Promise<unknown>): Promise<UserError> {
	const thrown: unknown = await clock.run(work).catch((error: unknown) => error);
	if (!(thrown instanceof UserError)) throw new Error('It ended without an error for the user.');
	return thrown;
}

test('logs the external ID before the request, and the task ID after it', async () => {
	const one = bench();
	await one.clock.run(async () => await createTaskOnce(one.run, request()));
	expect(one.events).toEqual([
		'Creating a Kling task (avatar) for item 0, external task ID id-0-0',
		'POST id-0-0',
		'Created the Kling task 7 (avatar) for item 0',
	]);
});

test('a later attempt resumes the task, and stores additions to its entry', async () => {
	const context = {};
	const first = bench({ context });
	const created = await first.clock.run(async () => await createTaskOnce(first.run, request()));
	created.recordSpeech('audio-1', undefined);
	const later = bench({ context });
	const resumed = await later.clock.run(async () => await createTaskOnce(later.run, request()));
	expect(resumed.taskId).toBe('7');
	expect(later.run.ledger.find(0, 'avatar', 'hash')?.audio_id).toBe('audio-1');
	expect(resumed.createdAt).toBeUndefined();
	expect(later.events).toEqual(['Resumed the Kling task 7 (avatar) for item 0']);
	resumed.discard();
	expect(later.run.ledger.find(0, 'avatar', 'hash')).toBeUndefined();
});

test("the failed task of a user's ID is not created again, and its reason is reported", async () => {
	const context = {};
	const withId = request({ externalTaskId: 'order-7' });
	const first = bench({ context });
	const created = await first.clock.run(async () => await createTaskOnce(first.run, withId));
	created.discard('no face was found');
	const later = bench({ context });
	const error = await errorOf(later, async () => await createTaskOnce(later.run, withId));
	expect(error.message).toContain('task 7, which failed: no face was found');
	expect(later.events).toEqual([]);
	const unnamed = bench({ context });
	created.discard();
	const other = await errorOf(unnamed, async () => await createTaskOnce(unnamed.run, withId));
	expect(other.message).toContain('task 7, which failed: no reason was given');
});

describe('sends no create once the execution has ended', () => {
	const items = async (
		{ run }: Bench,
		count: number,
		more: Partial<CreateTaskRequest> = {},
	): Promise<Array<PromiseSettledResult<CreatedTask>>> =>
		await Promise.allSettled(
			Array.from(
				{ length: count },
				async (_, itemIndex) => await createTaskOnce(run, request({ itemIndex, ...more })),
			),
		);

	test('if a create waits for another one', async () => {
		const one = bench({
			creates: 1,
			create: async (clock) => {
				await clock.sleep(1000);
				return taskResponse('7');
			},
		});
		void one.clock.sleep(500).then(() => one.end.abort());
		const results = await one.clock.run(async () => await items(one, 2));
		expect(posts(one)).toEqual(['POST id-0-0']);
		expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
		expect(one.run.ledger.find(1, 'avatar', 'hash')).toBeUndefined();
	});

	test('if a create waits for the bytes of another one', async () => {
		const one = bench({
			create: async (clock) => {
				await clock.sleep(1000);
				return taskResponse('7');
			},
		});
		void one.clock.sleep(500).then(() => one.end.abort());
		await one.clock.run(async () => await items(one, 2, { bytes: 15 * MEGABYTE }));
		expect(posts(one)).toEqual(['POST id-0-0']);
	});

	test('while its body is being loaded', async () => {
		const one = bench();
		const body = async (id: string): Promise<Buffer> => {
			await one.clock.sleep(1000);
			return Buffer.from(id);
		};
		void one.clock.sleep(500).then(() => one.end.abort());
		const error = await errorOf(one, async () => await createTaskOnce(one.run, request({ body })));
		expect(error.message).toBe('The execution was canceled before the task was created');
		expect(error.details.advice).toBe('No task was created. Nothing was charged for this item.');
		expect(one.events).toEqual([]);
	});

	test('for the item whose slot was freed by the one that ends the execution', async () => {
		const one = bench();
		const slot = await one.run.slots.acquire(0);
		slot?.accepted();
		const held = await Promise.all(
			Array.from({ length: 9 }, async () => {
				const other = await one.run.slots.acquire(0);
				other?.accepted();
				return other;
			}),
		);
		expect(held).toHaveLength(9);
		const failing = (async () => {
			await one.clock.sleep(100);
			slot?.release();
			// The error reaches the code that ends the execution a few steps later.
			for (let step = 0; step < 50; step++) await Promise.resolve();
			one.end.abort();
		})();
		await errorOf(one, async () => await createTaskOnce(one.run, request({ itemIndex: 1 })));
		await failing;
		expect(posts(one)).toEqual([]);
	});
});

test('small files are sent at the same time, and large ones as far as the byte budget allows', async () => {
	const most = async (bytes: number): Promise<number> => {
		let running = 0;
		let mostRunning = 0;
		const one = bench({
			create: async (clock) => {
				mostRunning = Math.max(mostRunning, ++running);
				await clock.sleep(1000);
				running--;
				return taskResponse(String(running));
			},
		});
		await one.clock.run(async () => {
			// After one accepted task, the slots admit all others.
			for (let task = 0; task < 10; task++) (await one.run.slots.acquire(0))?.accepted();
			one.run.slots = new Slots(50, one.clock);
			await createTaskOnce(one.run, request({ itemIndex: 99 }));
			for (let task = 0; task < 10; task++) (await one.run.slots.acquire(0))?.accepted();
			await Promise.all(
				Array.from(
					{ length: 12 },
					async (_, itemIndex) => await createTaskOnce(one.run, request({ itemIndex, bytes })),
				),
			);
		});
		return mostRunning;
	};
	expect(await most(0)).toBe(8);
	expect(await most(1.2 * MEGABYTE)).toBe(8);
	expect(await most(4 * MEGABYTE)).toBe(3);
	expect(await most(15 * MEGABYTE)).toBe(1);
});

describe('an error', () => {
	test('for a rejection says that nothing was charged', async () => {
		const one = bench({ create: async () => faultResponse('badParameters', { code: '1201' }) });
		const error = await errorOf(one, async () => await createTaskOnce(one.run, request()));
		expect(error.details.advice).toContain('Nothing was charged for this item');
		expect(error.details.externalTaskId).toBeUndefined();
	});

	test('for a rejection after the speech says that the speech was charged', async () => {
		const one = bench({ create: async () => faultResponse('badParameters') });
		one.run.ledger.open(0, 'speech', 'text', 'id-of-speech').task_id = '3';
		const avatar = request({ needsSpeech: true });
		const error = await errorOf(one, async () => await createTaskOnce(one.run, avatar));
		expect(error.details.advice).toContain(
			'The video was not created. The speech was charged, and a retry of this execution reuses it.',
		);
		expect(error.details.advice).not.toContain('nothing');
	});

	test('for a rejection after an unconfirmed create for the same item contains its ID', async () => {
		const one = bench({ create: async () => faultResponse('contentPolicy') });
		one.run.ledger.open(0, 'avatar', 'before the change', 'earlier-id');
		const error = await errorOf(one, async () => await createTaskOnce(one.run, request()));
		expect(error.details.advice).toContain(
			'Tasks with these external IDs may have been charged: earlier-id.',
		);
		expect(error.details.advice).not.toContain('nothing was charged');
		expect(error.details.externalTaskId).toBe('earlier-id');
	});

	test('for an unconfirmed create contains its ID, and says how to create another task', async () => {
		const one = bench({ create: async () => faultResponse('interrupted', { code: 'ECONNRESET' }) });
		const error = await errorOf(one, async () => await createTaskOnce(one.run, request()));
		expect(error.message).toBe(
			'Could not confirm whether the task was created: The connection to CometAPI was lost before the response was complete (code ECONNRESET)',
		);
		expect(error.details.externalTaskId).toBe('id-0-0');
		expect(error.details.advice).toContain('start a new execution');
		expect(error.details.advice).toContain('may have been charged: id-0-0.');
		expect(one.run.ledger.chargesOf(0).unconfirmedIds).toEqual(['id-0-0']);
	});

	test("for a user's ID whose task failed gives the reason, and says that the ID cannot be used again", async () => {
		const failed = taskResponse('3', {
			task_status: 'failed',
			task_status_msg: 'no face was found',
		});
		const one = bench({ query: async () => failed });
		const error = await errorOf(
			one,
			async () => await createTaskOnce(one.run, request({ externalTaskId: 'order-7' })),
		);
		expect(error.message).toBe(
			'A task with this external task ID already exists: task 3, which failed: no face was found',
		);
		expect(error.details.advice).toMatch(
			/^The ID of a failed task cannot be used again\. Use a different/,
		);
		expect(error.details.taskId).toBe('3');
		expect(posts(one)).toEqual([]);
	});
});

test('simultaneous equal tool calls create one task, and different calls create one each', async () => {
	const context = {};
	let tasks = 0;
	const one = bench({
		context,
		scope: 'toolCalls',
		create: async (clock) => {
			await clock.sleep(1000);
			return taskResponse(String(++tasks));
		},
	});
	const created = await one.clock.run(
		async () =>
			await Promise.all(
				['same', 'same', 'other'].map(
					async (hash) =>
						await createTaskOnce(one.run, request({ identity: { hash, testHash: hash } })),
				),
			),
	);
	expect(created.map(({ taskId }) => taskId)).toEqual(['1', '1', '2']);
	expect(posts(one)).toHaveLength(2);
});
