import { Slots } from '../../nodes/CometApiKling/polling/limits/slots';
import { VirtualClock } from '../support/virtualClock';
import { like } from '../support/matchers';
import type { TaskResponse } from '../../nodes/CometApiKling/kling/service';
import { faultResponse, NOW, play, taskResponse } from './submitSetup';

const NEW_ENTRY = { external_task_id: 'new' };
const LOST = faultResponse('interrupted', { code: 'ECONNRESET' });
const ABSENT = faultResponse('notFound');

describe('a new request', () => {
	test('that is accepted stores its ID and holds its slot', async () => {
		const played = await play({ creates: [taskResponse('7')] });
		expect(played.outcome).toMatchObject({ kind: 'task', taskId: '7', adopted: false });
		expect(played.outcome).toHaveProperty('task.id', '7');
		expect(played.requests).toEqual(['create new @0']);
		expect(played.entry).toEqual({ ...NEW_ENTRY, task_id: '7' });
		expect(played.slotIsFree).toBe(false);
	});

	test('is stored before it is sent', async () => {
		let written: unknown;
		await play({
			creates: [taskResponse('7')],
			onRequest: (_kind, _order, entry) => (written = entry),
		});
		expect(written).toEqual(NEW_ENTRY);
	});

	test('that is rejected permanently is forgotten, and its slot is released', async () => {
		const played = await play({ creates: [faultResponse('contentPolicy')] });
		expect(played.outcome).toEqual({
			kind: 'refused',
			fault: { kind: 'contentPolicy', message: '' },
		});
		expect(played.requests).toHaveLength(1);
		expect(played.entry).toBeUndefined();
		expect(played.slotIsFree).toBe(true);
	});

	test('whose new ID already exists has a task, which is looked up and adopted', async () => {
		const played = await play({
			creates: [faultResponse('duplicateId')],
			lookUps: [ABSENT, taskResponse('7')],
		});
		expect(played.outcome).toMatchObject({ kind: 'task', taskId: '7', adopted: true });
		expect(played.requests).toEqual(['create new @0', 'lookUp new @500', 'lookUp new @2500']);
		expect(played.entry).toEqual({ ...NEW_ENTRY, task_id: '7' });
	});

	test('whose new ID already exists, but is not found, stays unconfirmed', async () => {
		const played = await play({ creates: [faultResponse('duplicateId')], lookUps: [ABSENT] });
		expect(played.outcome).toMatchObject({
			kind: 'unconfirmed',
			externalTaskId: 'new',
			fault: { kind: 'duplicateId' },
		});
		expect(played.entry).toEqual(NEW_ENTRY);
	});

	test('that finds no slot is repeated after a pause', async () => {
		const played = await play({ creates: [faultResponse('tooManyTasks'), taskResponse('7')] });
		expect(played.outcome).toMatchObject({ kind: 'task', taskId: '7', adopted: false });
		expect(played.requests).toEqual(['create new @0', like(/^create new @[1-9]/)]);
		expect(played.entry).toEqual({ ...NEW_ENTRY, task_id: '7' });
	});

	test('waits longer if the service requests it', async () => {
		const busy = faultResponse('tooFast', { retryAfterMs: 40_000 });
		const played = await play({ creates: [busy, taskResponse('7')] });
		expect(played.requests).toEqual(['create new @0', 'create new @40000']);
	});

	test('that never finds a slot ends when its time runs out, and reports how long it tried', async () => {
		const played = await play({ creates: [faultResponse('tooManyTasks')], maxWaitMs: 10_000 });
		expect(played.outcome).toEqual({
			kind: 'refused',
			fault: { kind: 'tooManyTasks', message: '' },
			refusedForMs: played.durationMs,
		});
		expect(played.requests).toEqual(['create new @0', 'create new @5000', 'create new @10000']);
		expect(played.entry).toBeUndefined();
	});

	test('ends with its time even if the service requests a longer pause', async () => {
		const busy = faultResponse('tooManyTasks', { retryAfterMs: 3_600_000 });
		const played = await play({ creates: [busy], maxWaitMs: 10_000 });
		expect(played.outcome).toMatchObject({ kind: 'refused', refusedForMs: 10_000 });
		expect(played.requests).toEqual(['create new @0', 'create new @10000']);
	});

	test('ends with its time even if the service becomes unreachable', async () => {
		const creates = [faultResponse('tooManyTasks'), faultResponse('unreachable')];
		const played = await play({ creates, maxWaitMs: 6_000 });
		expect(played.outcome).toMatchObject({ kind: 'refused', fault: { kind: 'unreachable' } });
		expect(played.requests.at(-1)).toBe('create new @6000');
	});

	test('with no time to queue ends at the first rejection', async () => {
		const played = await play({ creates: [faultResponse('tooManyTasks')], maxWaitMs: 0 });
		expect(played.outcome).toMatchObject({ kind: 'refused', refusedForMs: 0 });
		expect(played.requests).toHaveLength(1);
	});

	test('that waits a long time in our own queue does not end at its first rejection', async () => {
		const hourMs = 3_600_000;
		const played = await play({
			creates: [faultResponse('tooManyTasks'), taskResponse('7')],
			maxWaitMs: 60_000,
			slots: (clock) => {
				const slots = new Slots(1, clock);
				const acquire = slots.acquire.bind(slots);
				let isFirst = true;
				slots.acquire = async (order, deadline) => {
					if (isFirst) await clock.sleep(hourMs);
					isFirst = false;
					return await acquire(order, deadline);
				};
				return slots;
			},
		});
		expect(played.outcome).toMatchObject({ kind: 'task', taskId: '7' });
	});

	test('that is rate limited without a code is repeated, too', async () => {
		const played = await play({ creates: [faultResponse('rateLimited'), taskResponse('7')] });
		expect(played.outcome).toMatchObject({ kind: 'task', taskId: '7', adopted: false });
	});

	test('that cannot be created releases its slot', async () => {
		const slots = new Slots(1, new VirtualClock());
		const failing = play({
			slots: () => slots,
			beforeSending: () => {
				throw new Error('The file is gone.');
			},
		});
		await expect(failing).rejects.toThrow('The file is gone.');
		expect(await slots.acquire(1)).toBeDefined();
	});

	test('that does not reach the service is tried five times, with growing pauses', async () => {
		const played = await play({
			creates: [faultResponse('unreachable', { code: 'ECONNREFUSED' })],
		});
		expect(played.outcome).toEqual({
			kind: 'refused',
			fault: { kind: 'unreachable', message: '', code: 'ECONNREFUSED' },
		});
		expect(played.requests).toEqual([
			'create new @0',
			'create new @500',
			'create new @2500',
			'create new @7500',
			'create new @17500',
		]);
		expect(played.entry).toBeUndefined();
		expect(played.slotIsFree).toBe(true);
	});

	test('that reaches the service at a later attempt is accepted', async () => {
		const played = await play({ creates: [faultResponse('unreachable'), taskResponse('7')] });
		expect(played.outcome).toMatchObject({ kind: 'task', taskId: '7' });
	});
});

describe.each(['interrupted', 'unavailable', 'malformedResponse'] as const)('after %s', (kind) => {
	test('looks up the task three times, does not send it again, and adopts it', async () => {
		const played = await play({
			creates: [faultResponse(kind)],
			lookUps: [ABSENT, LOST, taskResponse('7')],
		});
		expect(played.outcome).toMatchObject({ kind: 'task', taskId: '7', adopted: true });
		expect(played.outcome).toHaveProperty('task.id', '7');
		expect(played.requests).toEqual([
			'create new @0',
			'lookUp new @500',
			'lookUp new @2500',
			'lookUp new @7500',
		]);
		expect(played.entry).toEqual({ ...NEW_ENTRY, task_id: '7' });
		expect(played.slotIsFree).toBe(false);
	});

	test('leaves a task that does not appear unconfirmed, and keeps its external ID', async () => {
		const played = await play({ creates: [faultResponse(kind)], lookUps: [ABSENT] });
		expect(played.outcome).toEqual({
			kind: 'unconfirmed',
			fault: { kind, message: '' },
			externalTaskId: 'new',
		});
		expect(played.requests).toHaveLength(4);
		expect(played.entry).toEqual(NEW_ENTRY);
		expect(played.slotIsFree).toBe(true);
	});
});

describe('the entry of an earlier attempt', () => {
	const left = { external_task_id: 'old' };

	test('a known task is resumed without a request', async () => {
		const known = { ...left, task_id: '7' };
		const played = await play({ left: known });
		expect(played.outcome).toMatchObject({ kind: 'task', taskId: '7', adopted: true });
		expect(played.outcome).not.toHaveProperty('task');
		expect(played.requests).toEqual([]);
		expect(played.entry).toEqual(known);
		expect(played.slotIsFree).toBe(false);
	});

	test('looks up an external ID alone, and adopts its task', async () => {
		const played = await play({ left, lookUps: [taskResponse('7')] });
		expect(played.outcome).toMatchObject({ kind: 'task', taskId: '7', adopted: true });
		expect(played.requests).toEqual(['lookUp old @0']);
		expect(played.entry).toEqual({ ...left, task_id: '7' });
		expect(played.slotIsFree).toBe(false);
	});

	test('leaves an external ID that is not found unconfirmed, and never sends it again', async () => {
		const played = await play({ left, lookUps: [ABSENT] });
		expect(played.outcome).toEqual({
			kind: 'unconfirmed',
			fault: { kind: 'notFound', message: '' },
			externalTaskId: 'old',
		});
		expect(played.requests).toEqual(['lookUp old @0', 'lookUp old @500', 'lookUp old @2500']);
		expect(played.entry).toEqual(left);
		expect(played.slotIsFree).toBe(true);
	});

	test('does not repeat a rejected lookup, and sends no create', async () => {
		const played = await play({ left, lookUps: [faultResponse('badKey')] });
		expect(played.outcome).toMatchObject({ kind: 'unconfirmed', fault: { kind: 'badKey' } });
		expect(played.requests).toEqual(['lookUp old @0']);
		expect(played.entry).toEqual(left);
	});

	test("a failed task that has the user's ID is reported, and nothing is sent", async () => {
		const failed = { ...left, task_id: '7', failed: 'no face' };
		const played = await play({ left: failed, userExternalId: 'old' });
		expect(played.outcome).toEqual({
			kind: 'refused',
			fault: { kind: 'duplicateId', message: '' },
			existing: { id: '7', state: 'failed', statusMessage: 'no face' },
		});
		expect(played.requests).toEqual([]);
		expect(played.entry).toEqual(failed);
	});

	test("a failed task is forgotten if the user's ID is a new one", async () => {
		const played = await play({
			left: { ...left, task_id: '7', failed: 'no face' },
			userExternalId: 'order-8',
			lookUps: [ABSENT],
			creates: [taskResponse('8')],
		});
		expect(played.outcome).toMatchObject({ kind: 'task', taskId: '8', adopted: false });
		expect(played.entry).toMatchObject({ external_task_id: 'order-8', task_id: '8' });
		expect(played.entry).not.toHaveProperty('failed');
	});

	test("with a user's ID adopts only a task that was created when the request was sent", async () => {
		const sent = { ...left, sent_at: NOW - 3_600_000 };
		const created = (afterMs: number) => taskResponse('7', { created_at: sent.sent_at + afterMs });
		const isAdopted = async (...lookUps: TaskResponse[]): Promise<boolean> =>
			(await play({ left: sent, lookUps })).outcome.kind === 'task';
		expect(await isAdopted(created(2_000))).toBe(true);
		// Clocks differ.
		expect(await isAdopted(created(-30_000))).toBe(true);
		expect(await isAdopted(created(-90_000))).toBe(false);
		expect(await isAdopted(created(1_800_000))).toBe(false);
		expect(await isAdopted(taskResponse('7'))).toBe(false);
	});
});

describe('looking up a task', () => {
	const DOWN = faultResponse('unavailable', { httpStatus: 503 });

	test('tolerates temporary errors for as long as Max Wait, with a last attempt at its end', async () => {
		const late = await play({
			creates: [LOST],
			lookUps: [DOWN, DOWN, DOWN, DOWN, taskResponse('7')],
		});
		expect(late.outcome).toMatchObject({ kind: 'task', taskId: '7', adopted: true });
		expect(late.requests.at(-1)).toBe('lookUp new @37500');

		const never = await play({ creates: [LOST], lookUps: [DOWN], maxWaitMs: 60_000 });
		expect(never.outcome).toMatchObject({ kind: 'unconfirmed', fault: { code: 'ECONNRESET' } });
		expect(never.durationMs).toBe(60_000);
		expect(never.requests.at(-1)).toBe('lookUp new @60000');
	});

	test('is tried three times, however short Max Wait is', async () => {
		const played = await play({ creates: [LOST], lookUps: [ABSENT], maxWaitMs: 1 });
		expect(played.requests).toHaveLength(4);
	});

	test('waits as long as the service requests, within Max Wait', async () => {
		const busy = faultResponse('tooFast', { retryAfterMs: 40_000 });
		const played = await play({ creates: [LOST], lookUps: [busy] });
		expect(played.requests.slice(1)).toEqual([
			'lookUp new @500',
			'lookUp new @40500',
			'lookUp new @60000',
		]);
	});

	test('adopts no task that has a different external ID', async () => {
		const foreign = taskResponse('7', { task_info: { external_task_id: 'other' } });
		const played = await play({ creates: [LOST], lookUps: [foreign] });
		expect(played.outcome).toMatchObject({ kind: 'unconfirmed', externalTaskId: 'new' });
		expect(played.entry).toEqual(NEW_ENTRY);
		const own = taskResponse('7', { task_info: { external_task_id: 'new' } });
		expect((await play({ creates: [LOST], lookUps: [own] })).outcome.kind).toBe('task');
	});
});

describe("the user's external ID", () => {
	const userExternalId = 'order-7';
	const DOWN = faultResponse('unavailable');
	const DUPLICATE = faultResponse('duplicateId');

	test('is checked before anything is charged', async () => {
		const played = await play({ userExternalId, lookUps: [ABSENT], creates: [taskResponse('7')] });
		expect(played.requests).toEqual(['lookUp order-7 @0', 'create order-7 @0']);
		expect(played.outcome).toMatchObject({ kind: 'task', taskId: '7', adopted: false });
	});

	test('of an older task is rejected, and its task is neither charged again nor returned', async () => {
		const played = await play({ userExternalId, lookUps: [taskResponse('3')] });
		expect(played.outcome).toMatchObject({
			kind: 'refused',
			fault: { kind: 'duplicateId' },
			existing: { id: '3' },
		});
		expect(played.requests).toEqual(['lookUp order-7 @0']);
		expect(played.entry).toBeUndefined();
	});

	test('is checked again right before each request', async () => {
		const played = await play({
			userExternalId,
			lookUps: [ABSENT, taskResponse('3')],
			creates: [faultResponse('tooManyTasks'), taskResponse('7')],
		});
		expect(played.outcome).toMatchObject({ kind: 'refused', existing: { id: '3' } });
		expect(played.requests).toEqual([
			'lookUp order-7 @0',
			'create order-7 @0',
			'lookUp order-7 @5000',
		]);
		expect(played.entry).toBeUndefined();
	});

	test('leads to our task after a lost response or a duplicate', async () => {
		for (const lost of [LOST, DUPLICATE]) {
			const ours = taskResponse('7', { created_at: NOW });
			const played = await play({ userExternalId, lookUps: [ABSENT, ours], creates: [lost] });
			expect(played.outcome).toMatchObject({ kind: 'task', taskId: '7', adopted: true });
		}
	});

	test.each([
		['absent', [ABSENT]],
		['on another channel', [faultResponse('wrongPath')]],
		['forbidden', [faultResponse('noPermission')]],
		['down', [DOWN, DOWN, DOWN, DOWN]],
	])('never leads to an older task that was %s before', async (_, checks) => {
		for (const lost of [LOST, DUPLICATE]) {
			const older = taskResponse('3', { created_at: NOW - 3_600_000 });
			const played = await play({ userExternalId, lookUps: [...checks, older], creates: [lost] });
			expect(played.outcome).toMatchObject({ kind: 'unconfirmed', externalTaskId: 'order-7' });
			expect(played.entry).toMatchObject({ external_task_id: 'order-7' });
		}
	});

	test('is sent after four failed checks, and each later request after one', async () => {
		const played = await play({
			userExternalId,
			lookUps: [DOWN],
			creates: [faultResponse('tooManyTasks'), taskResponse('7')],
		});
		expect(played.requests.map((request) => request.replace(/ .*/, '')).join(' ')).toBe(
			'lookUp lookUp lookUp lookUp create lookUp create',
		);
	});

	test.each([
		['cannot find', ABSENT],
		['cannot look up', DOWN],
	])('that the service rejects but %s may belong to our task', async (_, lookUp) => {
		const lookUps = [ABSENT, lookUp];
		const played = await play({ userExternalId, lookUps, creates: [DUPLICATE] });
		expect(played.outcome).toEqual({
			kind: 'unconfirmed',
			fault: { kind: 'duplicateId', message: '' },
			externalTaskId: 'order-7',
			isUserId: true,
		});
		expect(played.entry).toMatchObject({ external_task_id: 'order-7' });
	});

	test('that equals the task ID of a different task counts as new', async () => {
		const foreign = taskResponse('order-7', { task_info: { external_task_id: 'other' } });
		const played = await play({ userExternalId, lookUps: [foreign], creates: [taskResponse('8')] });
		expect(played.outcome).toMatchObject({ kind: 'task', taskId: '8' });
	});
});

describe('a cancellation', () => {
	function canceling(when: 'create' | 'lookUp', order = 0) {
		const controller = new AbortController();
		return {
			signal: controller.signal,
			onRequest: (kind: 'create' | 'lookUp', turn: number) => {
				if (kind === when && turn === order) controller.abort();
			},
		};
	}

	test('before the start sends no request', async () => {
		const controller = new AbortController();
		controller.abort();
		const played = await play({ creates: [taskResponse('7')], signal: controller.signal });
		expect(played.outcome).toEqual({ kind: 'canceled' });
		expect(played.requests).toEqual([]);
		expect(played.entry).toBeUndefined();
	});

	test('while the request is prepared sends nothing, and leaves no entry', async () => {
		const controller = new AbortController();
		const played = await play({
			creates: [taskResponse('7')],
			signal: controller.signal,
			beforeSending: () => controller.abort(),
		});
		expect(played.outcome).toEqual({ kind: 'canceled' });
		expect(played.requests).toEqual([]);
		expect(played.entry).toBeUndefined();
	});

	test('that arrives with the slot releases the slot', async () => {
		const controller = new AbortController();
		const release = jest.fn();
		const played = await play({
			signal: controller.signal,
			slots: (clock) => {
				const slots = new Slots(1, clock);
				const enter = slots.acquire.bind(slots);
				slots.acquire = async (order) => {
					const slot = await enter(order);
					controller.abort();
					return slot && { ...slot, release };
				};
				return slots;
			},
		});
		expect(played.outcome).toEqual({ kind: 'canceled' });
		expect(release).toHaveBeenCalledTimes(1);
	});

	test('during the create keeps the task that it created', async () => {
		const played = await play({ creates: [taskResponse('7')], ...canceling('create') });
		expect(played.outcome).toMatchObject({ kind: 'task', taskId: '7' });
		expect(played.entry).toEqual({ ...NEW_ENTRY, task_id: '7' });
	});

	test('after a lost response sends no lookup, and keeps the external ID', async () => {
		const played = await play({ creates: [LOST], lookUps: [ABSENT], ...canceling('create') });
		expect(played.outcome.kind).toBe('unconfirmed');
		expect(played.requests).toEqual(['create new @0']);
		expect(played.entry).toEqual(NEW_ENTRY);
	});

	test('during a lookup of the task ends it', async () => {
		const played = await play({ creates: [LOST], lookUps: [ABSENT], ...canceling('lookUp') });
		expect(played.outcome.kind).toBe('unconfirmed');
		expect(played.requests).toEqual(['create new @0', 'lookUp new @500']);
	});

	test('during a lookup of an earlier request ends it', async () => {
		const left = { external_task_id: 'old' };
		const played = await play({ left, lookUps: [LOST], ...canceling('lookUp') });
		expect(played.outcome).toMatchObject({ kind: 'unconfirmed', externalTaskId: 'old' });
		expect(played.requests).toEqual(['lookUp old @0']);
		expect(played.durationMs).toBe(0);
	});

	test('between two lookups of an earlier request ends it, too', async () => {
		const controller = new AbortController();
		const played = await play({
			left: { external_task_id: 'old' },
			lookUps: [LOST],
			signal: controller.signal,
			meanwhile: { atMs: 200, act: () => controller.abort() },
		});
		expect(played.outcome).toMatchObject({ kind: 'unconfirmed', externalTaskId: 'old' });
		expect(played.requests).toEqual(['lookUp old @0']);
		expect(played.durationMs).toBe(200);
	});

	test('while the service is unreachable, or no slot is free, sends nothing more', async () => {
		for (const kind of ['unreachable', 'tooManyTasks'] as const) {
			const played = await play({ creates: [faultResponse(kind)], ...canceling('create') });
			expect(played.outcome).toEqual({ kind: 'canceled' });
			expect(played.requests).toEqual(['create new @0']);
			expect(played.entry).toBeUndefined();
		}
	});
});
