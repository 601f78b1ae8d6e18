import fc from 'fast-check';

import { AVATAR_ROUTE, SPEECH_ROUTE } from '../../nodes/CometApiKling/kling/routes';
import {
	readStoredItem,
	readWaitingItems,
	storedItem,
	tasksOf,
	WAITING_KEY,
	type WaitingItem,
} from '../../nodes/CometApiKling/callback/waitingItem';

const TASK = { taskId: '7', route: AVATAR_ROUTE };
const BASE = { itemIndex: 2, route: AVATAR_ROUTE, simplify: true, needsResult: true };

const ITEMS: Array<[string, WaitingItem, object]> = [
	[
		'a task without a file',
		{ kind: 'task', task: TASK, delivery: BASE },
		{ item: 2, task_type: 'avatar', task_id: '7', simplify: true },
	],
	[
		'a task not simplified',
		{ kind: 'task', task: TASK, delivery: { ...BASE, simplify: false } },
		{ item: 2, task_type: 'avatar', task_id: '7', simplify: false },
	],
	[
		'a task with a file',
		{ kind: 'task', task: TASK, delivery: { ...BASE, download: { binaryField: 'film' } } },
		{ item: 2, task_type: 'avatar', task_id: '7', simplify: true, field: 'film' },
	],
	[
		'a task with a file of a name',
		{
			kind: 'task',
			task: TASK,
			delivery: { ...BASE, download: { binaryField: 'film', fileName: 'a.mp4' } },
		},
		{
			item: 2,
			task_type: 'avatar',
			task_id: '7',
			simplify: true,
			field: 'film',
			file_name: 'a.mp4',
		},
	],
	[
		'a task with all that is known of it',
		{
			kind: 'task',
			task: { ...TASK, externalTaskId: 'mine', createdAt: 1_700_000_000_000 },
			delivery: BASE,
		},
		{
			item: 2,
			task_type: 'avatar',
			task_id: '7',
			external_task_id: 'mine',
			created_at: 1_700_000_000_000,
			simplify: true,
		},
	],
	[
		'a task of another kind',
		{
			kind: 'task',
			task: { ...TASK, route: SPEECH_ROUTE },
			delivery: { ...BASE, route: SPEECH_ROUTE },
		},
		{ item: 2, task_type: 'tts', task_id: '7', simplify: true },
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

test('an item that an older version stored without a type is an avatar', () => {
	const stored = { item: 2, task_id: '7', simplify: true };
	expect(readStoredItem(stored)).toStrictEqual({ kind: 'task', task: TASK, delivery: BASE });
});

test('the tasks that a callback may be about are those of the items that have one', () => {
	const tasks = ITEMS.flatMap(([, item]) => tasksOf(item));
	expect(tasks).toHaveLength(ITEMS.length - 1);
	expect(tasks[0]).toBe(TASK);
});

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
					if (item.kind === 'task') expect(item.task.taskId).not.toBe('');
					else expect(item.error).not.toBe('');
				}
			},
		),
	);
});
