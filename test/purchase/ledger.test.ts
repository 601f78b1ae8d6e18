import { Ledger } from '../../nodes/CometApiKling/purchase/ledger/ledger';
import type { LedgerEntry } from '../../nodes/CometApiKling/purchase/ledger/ledgerEntry';
import { isRecord } from '../support/isRecord';
import { countingProxy } from './countingProxy';

const ENTRY = { external_task_id: 'ext-1', task_id: '7781' };

/** Opens an entry with a task. */
function write(ledger: Ledger, itemIndex: number, part: 'speech' | 'avatar'): LedgerEntry {
	return Object.assign(ledger.open(itemIndex, part, 'hash', 'ext-1'), ENTRY);
}

/** A node's context with one entry, as it is stored. */
function storedContext(entry: unknown): Record<string, unknown> {
	return { paidTasks: { 0: { 0: { 'avatar:hash': entry } } } };
}

test('finds an entry again by item, part and request, in this execution and in its attempts', () => {
	const context = {};
	write(new Ledger(context, 0), 3, 'avatar');
	const later = new Ledger(context, 0);
	expect(later.find(3, 'avatar', 'hash')).toEqual(ENTRY);
	expect(later.find(4, 'avatar', 'hash')).toBeUndefined();
	expect(later.find(3, 'speech', 'hash')).toBeUndefined();
	expect(later.find(3, 'avatar', 'other')).toBeUndefined();
	expect(new Ledger(context, 1).find(3, 'avatar', 'hash')).toBeUndefined();
});

test('stores changes to an entry as plain JSON beside the rest of the context', () => {
	const context: Record<string, unknown> = { currentRunIndex: 2 };
	const opened = new Ledger(context, 0).open(0, 'speech:3', 'hash', 'ext-1');
	opened.task_id = '7781';
	opened.audio_id = 'audio-1';
	opened.seconds = 12.5;
	opened.sent_at = 1_790_000_000_000;
	opened.failed = 'no face';
	const stored: unknown = JSON.parse(JSON.stringify(context));
	expect(stored).toEqual({
		currentRunIndex: 2,
		paidTasks: {
			0: {
				0: {
					'speech:3:hash': {
						...ENTRY,
						audio_id: 'audio-1',
						seconds: 12.5,
						sent_at: 1_790_000_000_000,
						failed: 'no face',
					},
				},
			},
		},
	});
	const found = new Ledger(isRecord(stored) ? stored : {}, 0).find(0, 'speech:3', 'hash');
	expect(found).toEqual(opened);
});

test('deletes a part, and nothing else', () => {
	const ledger = new Ledger({}, 0);
	write(ledger, 0, 'avatar');
	write(ledger, 0, 'speech');
	ledger.delete(0, 'avatar', 'hash');
	expect(ledger.find(0, 'avatar', 'hash')).toBeUndefined();
	expect(ledger.find(0, 'speech', 'hash')).toEqual(ENTRY);
	expect(() => ledger.delete(0, 'avatar', 'hash')).not.toThrow();
	expect(() => ledger.delete(9, 'avatar', 'hash')).not.toThrow();
});

test('deletes an item with all its parts, and no other run or item', () => {
	const context = {};
	const ledger = new Ledger(context, 1);
	for (const item of [1, 11]) write(ledger, item, 'avatar');
	write(ledger, 1, 'speech');
	ledger.open(1, 'avatar:3', 'hash', 'ext-3');
	write(new Ledger(context, 11), 1, 'avatar');
	ledger.deleteItems(new Set([1]));
	expect(ledger.find(1, 'avatar', 'hash')).toBeUndefined();
	expect(ledger.find(1, 'speech', 'hash')).toBeUndefined();
	expect(ledger.find(1, 'avatar:3', 'hash')).toBeUndefined();
	expect(ledger.find(11, 'avatar', 'hash')).toEqual(ENTRY);
	expect(new Ledger(context, 11).find(1, 'avatar', 'hash')).toEqual(ENTRY);
});

test.each([
	['no ledger', undefined],
	['a string', 'paid'],
	['an array', [ENTRY]],
	['a run that is a string', { 0: 'paid' }],
	['an item that is a string', { 0: { 0: 'paid' } }],
	['an entry that is a string', { 0: { 0: { 'avatar:hash': 'paid' } } }],
	['an entry without its external ID', { 0: { 0: { 'avatar:hash': { task_id: '1' } } } }],
	['an empty external ID', { 0: { 0: { 'avatar:hash': { external_task_id: '' } } } }],
])('finds nothing in a context that was edited manually, with %s', (_name, paidTasks) => {
	const ledger = new Ledger({ paidTasks }, 0);
	expect(ledger.find(0, 'avatar', 'hash')).toBeUndefined();
	expect(ledger.charges()).toEqual(new Map());
	ledger.delete(0, 'avatar', 'hash');
	ledger.deleteItems(new Set([0]));
	write(ledger, 0, 'avatar');
	expect(ledger.find(0, 'avatar', 'hash')).toEqual(ENTRY);
});

test('reads only valid fields of an entry that was edited manually', () => {
	const edited = { external_task_id: 'ext', task_id: {}, audio_id: '', seconds: '5' };
	const ledger = new Ledger(storedContext({ ...edited, sent_at: 'yes', failed: 1 }), 0);
	expect(ledger.find(0, 'avatar', 'hash')).toStrictEqual({ external_task_id: 'ext' });
});

test('keeps returned entries of a run only if more attempts are expected', () => {
	const context: Record<string, unknown> = {};
	new Ledger(context, 1).keepForRetries();
	for (const runIndex of [1, 2]) {
		const ledger = new Ledger(context, runIndex);
		write(ledger, 0, 'avatar');
		ledger.deleteItems(new Set([0]));
	}
	expect(new Ledger(context, 1).find(0, 'avatar', 'hash')).toEqual(ENTRY);
	expect(new Ledger(context, 2).find(0, 'avatar', 'hash')).toBeUndefined();
	new Ledger(context, 1).delete(0, 'avatar', 'hash');
	expect(new Ledger(context, 1).find(0, 'avatar', 'hash')).toBeUndefined();
});

test('lists what each item was or may have been charged for, whatever its parameters', () => {
	const context = {};
	const ledger = new Ledger(context, 0);
	write(ledger, 0, 'avatar');
	ledger.open(1, 'avatar', 'hash', 'ext-2');
	ledger.open(1, 'avatar', 'before the change', 'ext-3');
	ledger.open(12, 'speech', 'hash', 'ext-4');
	new Ledger(context, 1).open(5, 'avatar', 'hash', 'another run');
	ledger.open(12, 'speech:2', 'hash', 'ext-5').task_id = '5';
	ledger.firstText(13, 'hash', 'Hello');
	const none = { taskIds: [], speechIds: [], unconfirmedIds: [] };
	expect(ledger.charges()).toEqual(
		new Map([
			[0, { ...none, taskIds: [ENTRY.task_id] }],
			[1, { ...none, unconfirmedIds: ['ext-2', 'ext-3'] }],
			[12, { ...none, speechIds: ['5'], unconfirmedIds: ['ext-4'] }],
		]),
	);
	expect(ledger.chargesOf(13)).toEqual(none);
});

test('keeps the first text of a request, and only that of this request', () => {
	const context = {};
	expect(new Ledger(context, 0).firstText(2, 'hash', 'first')).toBe('first');
	expect(new Ledger(context, 0).firstText(2, 'hash', 'second')).toBe('first');
	expect(new Ledger(context, 0).firstText(2, 'other form', 'second')).toBe('second');
	expect(new Ledger(context, 0).firstText(3, 'hash', 'second')).toBe('second');
	expect(new Ledger(context, 1).firstText(2, 'hash', 'second')).toBe('second');
	const ledger = new Ledger(context, 0);
	ledger.deleteItems(new Set([2]));
	expect(ledger.firstText(2, 'hash', 'third')).toBe('third');
});

test('does not list failed tasks, which their own error names', () => {
	const ledger = new Ledger({}, 0);
	Object.assign(ledger.open(0, 'avatar', 'hash', 'mine'), { task_id: '7', failed: 'no face' });
	expect(ledger.charges()).toEqual(new Map());
});

describe('tool calls', () => {
	test('list only what they paid for themselves', () => {
		const context = {};
		write(new Ledger(context, 'toolCalls'), 0, 'avatar');
		const other = new Ledger(context, 'toolCalls');
		other.find(0, 'avatar', 'another request');
		expect(other.charges()).toEqual(new Map());
		other.find(0, 'avatar', 'hash');
		expect(other.chargesOf(0).taskIds).toEqual([ENTRY.task_id]);
	});

	test('share the entry of an equal request, regardless of their run and item', () => {
		const context = {};
		write(new Ledger(context, 'toolCalls'), 0, 'avatar');
		const later = new Ledger(context, 'toolCalls');
		expect(later.find(4, 'avatar', 'hash')).toEqual(ENTRY);
		expect(later.find(0, 'avatar', 'other')).toBeUndefined();
		expect(new Ledger(context, 0).find(0, 'avatar', 'hash')).toBeUndefined();
	});

	test('keep returned entries, and forget a failed task', () => {
		const ledger = new Ledger({}, 'toolCalls');
		write(ledger, 0, 'avatar');
		ledger.deleteItems(new Set([0]));
		expect(ledger.find(0, 'avatar', 'hash')).toEqual(ENTRY);
		ledger.delete(0, 'avatar', 'hash');
		expect(ledger.find(0, 'avatar', 'hash')).toBeUndefined();
	});

	test('wait for each other if they are equal, and otherwise do not', async () => {
		const context = {};
		const events: string[] = [];
		const gate: Array<() => void> = [];
		const call = async (name: string, hash: string, fails = false): Promise<void> =>
			await new Ledger(context, 'toolCalls').exclusively(0, 'avatar', hash, async () => {
				events.push(`${name} begins`);
				await new Promise<void>((resolve) => gate.push(resolve));
				events.push(`${name} ends`);
				if (fails) throw new Error('no task');
			});
		const first = call('first', 'same', true).catch(() => events.push('first failed'));
		const second = call('second', 'same');
		const other = call('other', 'different');
		await tick();
		expect(events).toEqual(['first begins', 'other begins']);
		gate.shift()?.();
		await first;
		await tick();
		expect(events.slice(2)).toEqual(['first ends', 'second begins', 'first failed']);
		for (const open of gate) open();
		await Promise.all([second, other]);
	});
});

test('the cost per item does not grow with the number of items', () => {
	const costOf = (items: number): number => {
		let operations = 0;
		const context = countingProxy({}, () => operations++);
		const ledger = new Ledger(context, 0);
		for (let item = 0; item < items; item++) {
			ledger.find(item, 'avatar', 'hash');
			ledger.open(item, 'avatar', 'hash', `ext-${item}`).task_id = String(item);
			ledger.find(item, 'avatar', 'hash');
			if (item % 2 === 0) ledger.delete(item, 'avatar', 'hash');
		}
		ledger.deleteItems(new Set(Array.from({ length: items }, (_, item) => item)));
		return operations / items;
	};
	expect(costOf(4000)).toBeLessThan(1.1 * costOf(250));
});

async function tick(): Promise<void> {
	await new Promise<void>((resolve) => setImmediate(resolve));
}
