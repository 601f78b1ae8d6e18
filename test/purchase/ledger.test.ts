import { Ledger } from '../../nodes/CometApiKling/purchase/ledger';

const ENTRY = { external_task_id: 'ext-1', task_id: '7781' };

test('an entry is found again by item, step and request, in this run and in its tries', () => {
	const context = {};
	new Ledger(context, 0).write(3, 'avatar', 'hash', ENTRY);
	const later = new Ledger(context, 0);
	expect(later.find(3, 'avatar', 'hash')).toEqual(ENTRY);
	expect(later.find(4, 'avatar', 'hash')).toBeUndefined();
	expect(later.find(3, 'speech', 'hash')).toBeUndefined();
	expect(later.find(3, 'avatar', 'other')).toBeUndefined();
	expect(new Ledger(context, 1).find(3, 'avatar', 'hash')).toBeUndefined();
});

test('an entry takes the place of an earlier one', () => {
	const ledger = new Ledger({}, 0);
	ledger.write(0, 'speech', 'hash', { external_task_id: 'ext-1' });
	const full = { ...ENTRY, audio_id: 'audio-1' };
	ledger.write(0, 'speech', 'hash', full);
	expect(ledger.find(0, 'speech', 'hash')).toEqual(full);
});

test('a step is forgotten, and nothing else', () => {
	const ledger = new Ledger({}, 0);
	ledger.write(0, 'avatar', 'hash', ENTRY);
	ledger.write(0, 'speech', 'hash', ENTRY);
	ledger.delete(0, 'avatar', 'hash');
	expect(ledger.find(0, 'avatar', 'hash')).toBeUndefined();
	expect(ledger.find(0, 'speech', 'hash')).toEqual(ENTRY);
	expect(() => ledger.delete(0, 'avatar', 'hash')).not.toThrow();
});

test('an item is forgotten with all its steps, and no other run or item', () => {
	const context = {};
	const ledger = new Ledger(context, 1);
	for (const item of [1, 11]) ledger.write(item, 'avatar', 'hash', ENTRY);
	ledger.write(1, 'speech', 'hash', ENTRY);
	new Ledger(context, 11).write(1, 'avatar', 'hash', ENTRY);
	ledger.deleteItems(new Set([1]));
	expect(ledger.find(1, 'avatar', 'hash')).toBeUndefined();
	expect(ledger.find(1, 'speech', 'hash')).toBeUndefined();
	expect(ledger.find(11, 'avatar', 'hash')).toEqual(ENTRY);
	expect(new Ledger(context, 11).find(1, 'avatar', 'hash')).toEqual(ENTRY);
});

test("holds ids only, beside what else is in the node's context", () => {
	const context: Record<string, unknown> = { currentRunIndex: 2 };
	new Ledger(context, 0).write(0, 'avatar', 'hash', ENTRY);
	expect(context).toEqual({ currentRunIndex: 2, paidTasks: { '0:0:avatar:hash': ENTRY } });
});

test('what is read is not what was written: n8n stores it at any time', () => {
	const context: Record<string, unknown> = {};
	const ledger = new Ledger(context, 0);
	ledger.write(0, 'avatar', 'hash', ENTRY);
	const stored = context.paidTasks;
	ledger.write(1, 'avatar', 'hash', ENTRY);
	ledger.delete(0, 'avatar', 'hash');
	ledger.deleteItems(new Set([1]));
	expect(stored).toEqual({ '0:0:avatar:hash': ENTRY });
});

test.each([
	['no book', undefined],
	['a text', 'paid'],
	['a list', [ENTRY]],
	['an entry that is text', { '0:0:avatar:hash': 'paid' }],
	['an entry without its external id', { '0:0:avatar:hash': { task_id: '1' } }],
	['an entry with an empty external id', { '0:0:avatar:hash': { external_task_id: '' } }],
])('a context edited by hand, with %s, holds nothing', (_name, paidTasks) => {
	const ledger = new Ledger({ paidTasks }, 0);
	expect(ledger.find(0, 'avatar', 'hash')).toBeUndefined();
	ledger.delete(0, 'avatar', 'hash');
	ledger.deleteItems(new Set([0]));
	ledger.write(0, 'avatar', 'hash', ENTRY);
	expect(ledger.find(0, 'avatar', 'hash')).toEqual(ENTRY);
});

test('of an entry edited by hand only ids are taken', () => {
	const edited = { external_task_id: 'ext', task_id: {}, audio_id: '', more: 'x' };
	const ledger = new Ledger({ paidTasks: { '0:0:speech:hash': edited } }, 0);
	expect(ledger.find(0, 'speech', 'hash')).toStrictEqual({ external_task_id: 'ext' });
});

test('what a run has delivered stays where more tries are expected, and only there', () => {
	const context: Record<string, unknown> = {};
	new Ledger(context, 1).keepForRetries();
	for (const runIndex of [1, 2]) {
		const ledger = new Ledger(context, runIndex);
		ledger.write(0, 'avatar', 'hash', ENTRY);
		ledger.deleteItems(new Set([0]));
	}
	expect(new Ledger(context, 1).find(0, 'avatar', 'hash')).toEqual(ENTRY);
	expect(new Ledger(context, 2).find(0, 'avatar', 'hash')).toBeUndefined();
	new Ledger(context, 1).delete(0, 'avatar', 'hash');
	expect(new Ledger(context, 1).find(0, 'avatar', 'hash')).toBeUndefined();
});
