import { SeenTasks } from '../../nodes/CometApiKling/trigger/seenTasks';

/** Each test has a node of its own, since what a process has met is kept by node. */
let node = 0;
beforeEach(() => node++);

const seenBy = (store: Record<string, unknown>) => new SeenTasks(`node-${node}`, store);

test('the same news is new once; another state or task is news again', () => {
	const store = {};
	expect(seenBy(store).add('7', 'running')).toBe(true);
	expect(seenBy(store).add('7', 'running')).toBe(false);
	expect(seenBy(store).add('7', 'succeeded')).toBe(true);
	expect(seenBy(store).add('8', 'running')).toBe(true);
});

test('is known to a later process, which has the store alone', () => {
	const store: Record<string, unknown> = {};
	seenBy(store).add('7', 'succeeded');
	node++;
	expect(seenBy(structuredClone(store)).add('7', 'succeeded')).toBe(false);
});

test('is known to this process before n8n has saved the store', () => {
	seenBy({}).add('7', 'succeeded');
	expect(seenBy({}).add('7', 'succeeded')).toBe(false);
});

test('is not known to another node of this process', () => {
	seenBy({}).add('7', 'succeeded');
	node++;
	expect(seenBy({}).add('7', 'succeeded')).toBe(true);
});

test('the latest 500 are kept, in the store and in the process', () => {
	const store: Record<string, unknown> = {};
	const seen = seenBy(store);
	for (let task = 0; task < 501; task++) seen.add(String(task), 'succeeded');
	const list = store.seenTasks;
	expect(list).toHaveLength(500);
	expect(list).not.toContain('0:succeeded');
	expect(seenBy({}).add('1', 'succeeded')).toBe(false);
	expect(seen.add('0', 'succeeded')).toBe(true);
});

test.each([undefined, null, 'text', { 0: '7:succeeded' }])(
	'a store edited by hand, with %j, is begun anew',
	(seenTasks) => {
		const store = { seenTasks };
		expect(seenBy(store).add('7', 'succeeded')).toBe(true);
		expect(store.seenTasks).toEqual(['7:succeeded']);
	},
);
