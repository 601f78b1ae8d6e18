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
const BASE = {
	itemIndex: 2,
	route: AVATAR_ROUTE,
	simplify: true,
	includeInput: false,
	needsResult: true,
};

const ITEMS: Array<[string, WaitingItem, object]> = [
	[
		'a task without a file',
		{ kind: 'tasks', clips: [{ task: TASK }], delivery: BASE },
		{ item: 2, task_type: 'avatar', clips: [{ task_id: '7' }], simplify: true },
	],
	[
		'a task that is not simplified',
		{ kind: 'tasks', clips: [{ task: TASK }], delivery: { ...BASE, simplify: false } },
		{ item: 2, task_type: 'avatar', clips: [{ task_id: '7' }], simplify: false },
	],
	[
		'a task with a file',
		{
			kind: 'tasks',
			clips: [{ task: TASK }],
			delivery: { ...BASE, download: { binaryField: 'film' } },
		},
		{ item: 2, task_type: 'avatar', clips: [{ task_id: '7' }], simplify: true, field: 'film' },
	],
	[
		'a task with a named file',
		{
			kind: 'tasks',
			clips: [{ task: TASK }],
			delivery: { ...BASE, download: { binaryField: 'film', fileName: 'a.mp4' } },
		},
		{
			item: 2,
			task_type: 'avatar',
			clips: [{ task_id: '7' }],
			simplify: true,
			field: 'film',
			file_name: 'a.mp4',
		},
	],
	[
		'a task with everything that is known about it',
		{
			kind: 'tasks',
			clips: [{ task: { ...TASK, externalTaskId: 'mine', createdAt: 1_700_000_000_000 } }],
			delivery: BASE,
		},
		{
			item: 2,
			task_type: 'avatar',
			clips: [{ task_id: '7', external_task_id: 'mine', created_at: 1_700_000_000_000 }],
			simplify: true,
		},
	],
	[
		'a task of a different kind',
		{
			kind: 'tasks',
			clips: [{ task: { ...TASK, route: SPEECH_ROUTE } }],
			delivery: { ...BASE, route: SPEECH_ROUTE },
		},
		{ item: 2, task_type: 'tts', clips: [{ task_id: '7' }], simplify: true },
	],
	[
		'the clips of a talk, with what is said in them and the fields of the input',
		{
			kind: 'tasks',
			clips: [
				{ task: TASK, speech: { text: 'One.', audioId: 'a', seconds: 2.5 } },
				{ task: { ...TASK, taskId: '8' }, speech: { text: 'Two.', audioId: 'b' }, reused: true },
			],
			delivery: { ...BASE, includeInput: true, captions: 'en' },
			input: { row: 7 },
		},
		{
			item: 2,
			task_type: 'avatar',
			clips: [
				{ task_id: '7', text: 'One.', audio_id: 'a', seconds: 2.5 },
				{ task_id: '8', reused: true, text: 'Two.', audio_id: 'b' },
			],
			simplify: true,
			input: { row: 7 },
			captions: 'en',
		},
	],
	[
		'an error',
		{ kind: 'error', itemIndex: 0, json: { row: 7, error: 'No.' } },
		{ item: 0, failed: { row: 7, error: 'No.' } },
	],
];

test.each(ITEMS)(
	'stores %s with only its IDs and settings, and reads it back',
	(_name, item, stored) => {
		expect(storedItem(item)).toStrictEqual(stored);
		const throughN8n: Record<string, unknown> = { ...stored };
		expect(readStoredItem(throughN8n)).toStrictEqual(item);
	},
);

test('finds the tasks that a callback may be about: those of the items that have one', () => {
	const tasks = ITEMS.flatMap(([, item]) => tasksOf(item));
	expect(tasks).toHaveLength(ITEMS.length);
	expect(tasks[0]).toBe(TASK);
});

test("reads all items from the node's context, and nothing else", () => {
	const stored = ITEMS.map(([, item]) => storedItem(item));
	const context = { [WAITING_KEY]: [...stored, 'x', null, {}, { item: 1 }, { task_id: '7' }] };
	expect(readWaitingItems(context)).toEqual(ITEMS.map(([, item]) => item));
});

test('reads any contents of the context', () => {
	const field = fc.constantFrom('item', 'clips', 'failed', 'simplify', 'field', 'file_name');
	const list = fc.array(fc.oneof(fc.anything(), fc.dictionary(field, fc.anything())));
	fc.assert(
		fc.property(
			fc.oneof(
				fc.anything(),
				list.map((items) => ({ [WAITING_KEY]: items })),
			),
			(context) => {
				for (const item of readWaitingItems(context)) {
					if (item.kind === 'tasks') expect(item.clips.length).toBeGreaterThan(0);
					else expect(item.json).toBeInstanceOf(Object);
				}
			},
		),
	);
});
