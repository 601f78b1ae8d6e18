import { Slots } from '../../nodes/CometApiKling/polling/slots';
import { like } from '../support/matchers';
import { faultAnswer, play, taskAnswer } from './submitSetup';

const NEW_ENTRY = { external_task_id: 'new' };
const LOST = faultAnswer('interrupted', { code: 'ECONNRESET' });
const ABSENT = faultAnswer('notFound');

describe('a new request', () => {
	test('that is taken: its id is written down, and its slot held', async () => {
		const played = await play({ creates: [taskAnswer('7')] });
		expect(played.outcome).toMatchObject({ kind: 'task', taskId: '7', adopted: false });
		expect(played.outcome).toHaveProperty('task.id', '7');
		expect(played.requests).toEqual(['create new @0']);
		expect(played.entry).toEqual({ ...NEW_ENTRY, task_id: '7' });
		expect(played.slotIsFree).toBe(false);
	});

	test('is written down before it is sent', async () => {
		let written: unknown;
		await play({
			creates: [taskAnswer('7')],
			onRequest: (_kind, _order, entry) => (written = entry),
		});
		expect(written).toEqual(NEW_ENTRY);
	});

	test('that is refused for good is forgotten, and its slot given back', async () => {
		const played = await play({ creates: [faultAnswer('contentPolicy')] });
		expect(played.outcome).toEqual({
			kind: 'refused',
			fault: { kind: 'contentPolicy', message: '' },
			externalTaskId: 'new',
		});
		expect(played.requests).toHaveLength(1);
		expect(played.entry).toBeUndefined();
		expect(played.slotIsFree).toBe(true);
	});

	test('with an id that exists already is refused, and not adopted', async () => {
		const played = await play({ creates: [faultAnswer('duplicateId')] });
		expect(played.outcome.kind).toBe('refused');
		expect(played.requests).toEqual(['create new @0']);
	});

	test('that found no slot is repeated after a pause', async () => {
		const played = await play({ creates: [faultAnswer('tooManyTasks'), taskAnswer('7')] });
		expect(played.outcome).toMatchObject({ kind: 'task', taskId: '7', adopted: false });
		expect(played.requests).toEqual(['create new @0', like(/^create new @[1-9]/)]);
		expect(played.entry).toEqual({ ...NEW_ENTRY, task_id: '7' });
	});

	test("heeds the service's wish for a longer pause", async () => {
		const busy = faultAnswer('tooFast', { retryAfterMs: 40_000 });
		const played = await play({ creates: [busy, taskAnswer('7')] });
		expect(played.requests).toEqual(['create new @0', 'create new @40000']);
	});

	test('that finds no slot in all its time is given up, and says for how long it tried', async () => {
		const played = await play({ creates: [faultAnswer('tooManyTasks')], maxQueueMs: 10_000 });
		expect(played.outcome).toEqual({
			kind: 'refused',
			fault: { kind: 'tooManyTasks', message: '' },
			externalTaskId: 'new',
			elapsedMs: played.durationMs,
		});
		expect(played.durationMs).toBeGreaterThanOrEqual(10_000);
		expect(played.requests.length).toBeGreaterThan(1);
		expect(played.entry).toBeUndefined();
	});

	test('with no time to queue is given up at the first refusal', async () => {
		const played = await play({ creates: [faultAnswer('tooManyTasks')], maxQueueMs: 0 });
		expect(played.outcome).toMatchObject({ kind: 'refused', elapsedMs: 0 });
		expect(played.requests).toHaveLength(1);
	});

	test('that reaches nobody is tried four times, with growing pauses', async () => {
		const played = await play({ creates: [faultAnswer('unreachable', { code: 'ECONNREFUSED' })] });
		expect(played.outcome).toEqual({
			kind: 'refused',
			fault: { kind: 'unreachable', message: '', code: 'ECONNREFUSED' },
			externalTaskId: 'new',
		});
		expect(played.requests).toEqual([
			'create new @0',
			'create new @2000',
			'create new @6000',
			'create new @12000',
		]);
		expect(played.entry).toBeUndefined();
		expect(played.slotIsFree).toBe(true);
	});

	test('that reaches the service at a later try is taken', async () => {
		const played = await play({ creates: [faultAnswer('unreachable'), taskAnswer('7')] });
		expect(played.outcome).toMatchObject({ kind: 'task', taskId: '7' });
	});
});

describe.each(['interrupted', 'unavailable', 'malformedResponse'] as const)('after %s', (kind) => {
	test('the task is looked for three times, not sent again, and adopted', async () => {
		const played = await play({
			creates: [faultAnswer(kind)],
			lookUps: [ABSENT, LOST, taskAnswer('7')],
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

	test('a task that does not show is left unconfirmed, its external id kept', async () => {
		const played = await play({ creates: [faultAnswer(kind)], lookUps: [ABSENT] });
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

describe('what an earlier try left', () => {
	const left = { external_task_id: 'old' };

	test('a known task is taken up without a request', async () => {
		const known = { ...left, task_id: '7' };
		const played = await play({ left: known });
		expect(played.outcome).toMatchObject({ kind: 'task', taskId: '7', adopted: true });
		expect(played.outcome).not.toHaveProperty('task');
		expect(played.requests).toEqual([]);
		expect(played.entry).toEqual(known);
		expect(played.slotIsFree).toBe(false);
	});

	test('an external id alone is looked up, and its task adopted', async () => {
		const played = await play({ left, lookUps: [taskAnswer('7')] });
		expect(played.outcome).toMatchObject({ kind: 'task', taskId: '7', adopted: true });
		expect(played.requests).toEqual(['lookUp old @0']);
		expect(played.entry).toEqual({ ...left, task_id: '7' });
		expect(played.slotIsFree).toBe(false);
	});

	test('an external id that is not known is sent again, as it is', async () => {
		const played = await play({ left, lookUps: [ABSENT], creates: [taskAnswer('7')] });
		expect(played.outcome).toMatchObject({ kind: 'task', taskId: '7', adopted: false });
		expect(played.requests).toEqual(['lookUp old @0', 'create old @0']);
		expect(played.entry).toEqual({ ...left, task_id: '7' });
	});

	test('a look-up puts up with passing faults, but not for ever', async () => {
		const played = await play({ left, lookUps: [LOST, LOST, taskAnswer('7')] });
		expect(played.outcome).toMatchObject({ kind: 'task', taskId: '7' });
		expect(played.requests).toEqual(['lookUp old @0', 'lookUp old @500', 'lookUp old @2500']);

		const never = await play({ left, lookUps: [LOST] });
		expect(never.outcome).toMatchObject({ kind: 'unconfirmed', externalTaskId: 'old' });
		expect(never.outcome).toHaveProperty('fault.kind', 'interrupted');
		expect(never.requests).toHaveLength(4);
		expect(never.entry).toEqual(left);
		expect(never.slotIsFree).toBe(true);
	});

	test('a look-up that is refused is not repeated, and nothing is sent', async () => {
		const played = await play({ left, lookUps: [faultAnswer('badKey')] });
		expect(played.outcome).toMatchObject({ kind: 'unconfirmed', fault: { kind: 'badKey' } });
		expect(played.requests).toEqual(['lookUp old @0']);
		expect(played.entry).toEqual(left);
	});

	test('an id that turns out to exist when it is sent again is adopted', async () => {
		const played = await play({
			left,
			lookUps: [ABSENT, taskAnswer('7')],
			creates: [faultAnswer('duplicateId')],
		});
		expect(played.outcome).toMatchObject({ kind: 'task', taskId: '7', adopted: true });
		expect(played.requests).toEqual(['lookUp old @0', 'create old @0', 'lookUp old @500']);
	});

	test('an id that exists and is not found is left unconfirmed', async () => {
		const played = await play({ left, lookUps: [ABSENT], creates: [faultAnswer('duplicateId')] });
		expect(played.outcome).toMatchObject({ kind: 'unconfirmed', fault: { kind: 'duplicateId' } });
		expect(played.entry).toEqual(left);
	});

	test('a refusal now does not make it forgotten: the earlier one may have been taken', async () => {
		const played = await play({ left, lookUps: [ABSENT], creates: [faultAnswer('badKey')] });
		expect(played.outcome.kind).toBe('refused');
		expect(played.entry).toEqual(left);
	});

	test('it is looked up anew before each time that it is sent', async () => {
		const played = await play({
			left,
			lookUps: [ABSENT, taskAnswer('7')],
			creates: [faultAnswer('tooManyTasks')],
		});
		expect(played.outcome).toMatchObject({ kind: 'task', taskId: '7', adopted: true });
		expect(played.requests).toEqual(['lookUp old @0', 'create old @0', like(/^lookUp old @[1-9]/)]);
	});
});

describe('a cancel', () => {
	function canceling(when: 'create' | 'lookUp', order = 0) {
		const controller = new AbortController();
		return {
			signal: controller.signal,
			onRequest: (kind: 'create' | 'lookUp', turn: number) => {
				if (kind === when && turn === order) controller.abort();
			},
		};
	}

	test('before the start asks nothing', async () => {
		const controller = new AbortController();
		controller.abort();
		const played = await play({ creates: [taskAnswer('7')], signal: controller.signal });
		expect(played.outcome).toEqual({ kind: 'canceled' });
		expect(played.requests).toEqual([]);
		expect(played.entry).toBeUndefined();
	});

	test('that comes with the slot gives the slot back', async () => {
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

	test('while the create is under way keeps the task that it made', async () => {
		const played = await play({ creates: [taskAnswer('7')], ...canceling('create') });
		expect(played.outcome).toMatchObject({ kind: 'task', taskId: '7' });
		expect(played.entry).toEqual({ ...NEW_ENTRY, task_id: '7' });
	});

	test('after an answer that was lost looks for nothing, and keeps the external id', async () => {
		const played = await play({ creates: [LOST], lookUps: [ABSENT], ...canceling('create') });
		expect(played.outcome.kind).toBe('unconfirmed');
		expect(played.requests).toEqual(['create new @0']);
		expect(played.entry).toEqual(NEW_ENTRY);
	});

	test('during a look for the task ends it', async () => {
		const played = await play({ creates: [LOST], lookUps: [ABSENT], ...canceling('lookUp') });
		expect(played.outcome.kind).toBe('unconfirmed');
		expect(played.requests).toEqual(['create new @0', 'lookUp new @500']);
	});

	test('during a look-up of what was left ends it', async () => {
		const left = { external_task_id: 'old' };
		const played = await play({ left, lookUps: [LOST], ...canceling('lookUp') });
		expect(played.outcome).toMatchObject({ kind: 'unconfirmed', externalTaskId: 'old' });
		expect(played.requests).toEqual(['lookUp old @0']);
		expect(played.durationMs).toBe(0);
	});

	test('between two look-ups of what was left ends it, too', async () => {
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

	test('while nobody is reached, or no slot is free, sends nothing more', async () => {
		for (const kind of ['unreachable', 'tooManyTasks'] as const) {
			const played = await play({ creates: [faultAnswer(kind)], ...canceling('create') });
			expect(played.outcome).toEqual({ kind: 'canceled' });
			expect(played.requests).toEqual(['create new @0']);
			expect(played.entry).toBeUndefined();
		}
	});
});
