import fc from 'fast-check';

import { AVATAR_ROUTE } from '../../nodes/CometApiKling/kling/routes';
import {
	readStoredItem,
	readWaitingItems,
	storedItem,
	WAITING_KEY,
	type WaitingItem,
} from '../../nodes/CometApiKling/callback/waitingItem';

const BASE = { itemIndex: 2, route: AVATAR_ROUTE, simplify: true, needsResult: true };

const ITEMS: Array<[string, WaitingItem, object]> = [
	[
		'a task without a file',
		{ kind: 'task', taskId: '7', delivery: BASE },
		{ item: 2, task_id: '7', simplify: true },
	],
	[
		'a task not simplified',
		{ kind: 'task', taskId: '7', delivery: { ...BASE, simplify: false } },
		{ item: 2, task_id: '7', simplify: false },
	],
	[
		'a task with a file',
		{ kind: 'task', taskId: '7', delivery: { ...BASE, download: { binaryField: 'film' } } },
		{ item: 2, task_id: '7', simplify: true, field: 'film' },
	],
	[
		'a task with a file of a name',
		{
			kind: 'task',
			taskId: '7',
			delivery: { ...BASE, download: { binaryField: 'film', fileName: 'a.mp4' } },
		},
		{ item: 2, task_id: '7', simplify: true, field: 'film', file_name: 'a.mp4' },
	],
	['an error', { kind: 'error', itemIndex: 0, error: 'No.' }, { item: 0, error: 'No.' }],
];

test.each(ITEMS)(
	'%s is stored with its ids and settings alone, and read back',
	(_name, item, stored) => {
		expect(storedItem(item)).toStrictEqual(stored);
		const throughN8n: Record<string, unknown> = { ...stored };
		expect(readStoredItem(throughN8n)).toStrictEqual(item);
	},
);

test("all items are read out of the node's context, and nothing else", () => {
	const stored = ITEMS.map(([, item]) => storedItem(item));
	const context = { [WAITING_KEY]: [...stored, 'x', null, {}, { item: 1 }, { task_id: '7' }] };
	expect(readWaitingItems(context)).toEqual(ITEMS.map(([, item]) => item));
});

test('whatever the context holds is read', () => {
	const field = fc.constantFrom('item', 'task_id', 'error', 'simplify', 'field', 'file_name');
	const list = fc.array(fc.oneof(fc.anything(), fc.dictionary(field, fc.anything())));
	fc.assert(
		fc.property(
			fc.oneof(
				fc.anything(),
				list.map((items) => ({ [WAITING_KEY]: items })),
			),
			(context) => {
				for (const item of readWaitingItems(context)) {
					if (item.kind === 'task') expect(item.taskId).not.toBe('');
					else expect(item.error).not.toBe('');
				}
			},
		),
	);
});
