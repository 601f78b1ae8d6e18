import { SeenTasks } from '../../nodes/CometApiKling/trigger/seenTasks';

/** Each test has a separate trigger, since a process stores tasks by trigger. */
let trigger = 0;
beforeEach(() => trigger++);

const seenBy = (store: Record<string, unknown>) => new SeenTasks(`trigger-${trigger}`, store);

/** Handles one callback from start to end. */
function handle(store: Record<string, unknown>, taskId: string, state = 'succeeded'): boolean {
	const seen = seenBy(store);
	const isNews = seen.add(taskId, state);
	if (isNews) seen.save();
	return isNews;
}

test('a repeated callback is new only once, but another state or task is new again', () => {
	const store = {};
	expect(handle(store, '7', 'running')).toBe(true);
	expect(handle(store, '7', 'running')).toBe(false);
	expect(handle(store, '7', 'succeeded')).toBe(true);
	expect(handle(store, '8', 'running')).toBe(true);
});

test('a task is known to a later process, which has only the store', () => {
	const store: Record<string, unknown> = {};
	handle(store, '7');
	trigger++;
	expect(handle(structuredClone(store), '7')).toBe(false);
});

test('a task is known to this process before n8n has saved the store', () => {
	expect(seenBy({}).add('7', 'succeeded')).toBe(true);
	expect(seenBy({}).add('7', 'succeeded')).toBe(false);
});

test('a task is not known to another trigger of this process', () => {
	handle({}, '7');
	trigger++;
	expect(handle({}, '7')).toBe(true);
});

test("simultaneous callbacks do not undo each other's entries", () => {
	// n8n loads the store for each callback, and writes it back as a whole at the end.
	const [first, second] = [{}, {}].map((store) => ({ store, seen: seenBy(store) }));
	first?.seen.add('7', 'succeeded');
	second?.seen.add('8', 'succeeded');
	first?.seen.save();
	second?.seen.save();
	const lastSaved = { ...second?.store };
	trigger++;
	expect(handle(lastSaved, '7')).toBe(false);
	expect(handle(lastSaved, '8')).toBe(false);
});

test('a busy trigger does not make another one forget', () => {
	handle({}, '7');
	trigger++;
	for (let task = 0; task < 501; task++) seenBy({}).add(String(task), 'succeeded');
	trigger--;
	expect(handle({}, '7')).toBe(false);
});

test('keeps the latest 500, in the store and in the process', () => {
	const store: Record<string, unknown> = {};
	for (let task = 0; task < 501; task++) handle(store, String(task));
	const list = Object.keys(store.seenTasks ?? {});
	expect(list).toHaveLength(500);
	expect(list).not.toContain('0:succeeded');
	expect(seenBy({}).add('1', 'succeeded')).toBe(false);
	expect(seenBy(store).add('0', 'succeeded')).toBe(true);
});

test('remembers 500 triggers, and then forgets the least recently used one', () => {
	const of = (name: number): SeenTasks => new SeenTasks(`many-${name}`, {});
	for (let name = 0; name < 500; name++) of(name).add('7', 'succeeded');
	of(0).add('8', 'succeeded');
	of(500).add('7', 'succeeded');
	expect(of(0).add('7', 'succeeded')).toBe(false);
	expect(of(500).add('7', 'succeeded')).toBe(false);
	expect(of(1).add('7', 'succeeded')).toBe(true);
});

test.each([undefined, null, 'text', { 0: '7:succeeded' }, [7, {}], ['7:succeeded']])(
	'replaces a store that was edited manually, with %j',
	(seenTasks) => {
		const store = { seenTasks };
		expect(handle(store, '7')).toBe(true);
		expect(Object.keys(store.seenTasks ?? {})).toEqual(['7:succeeded']);
	},
);

/** Handles a callback for a task in one of several processes, which share the static data. */
async function processes(count: number): Promise<Array<(taskId: string) => boolean>> {
	let saved: Record<string, unknown> = {};
	const classes: Array<typeof SeenTasks> = [];
	for (let index = 0; index < count; index++) {
		await jest.isolateModulesAsync(async () => {
			const module = await import('../../nodes/CometApiKling/trigger/seenTasks');
			classes.push(module.SeenTasks);
		});
	}
	return classes.map((Seen) => (taskId) => {
		const store = structuredClone(saved);
		const seen = new Seen('shared', store);
		const isNews = seen.add(taskId, 'succeeded');
		if (isNews) {
			seen.save();
			saved = store;
		}
		return isNews;
	});
}

test('a busy process does not make others forget newer tasks', async () => {
	jest.useFakeTimers();
	const [busy, other] = await processes(2);
	if (!busy || !other) throw new Error('Two processes are needed.');
	for (let task = 0; task < 500; task++) busy(`old-${task}`);
	jest.advanceTimersByTime(1_000);
	expect(other('new')).toBe(true);
	jest.advanceTimersByTime(1_000);
	expect(busy('newest')).toBe(true);
	expect(busy('new')).toBe(false);
	expect(other('newest')).toBe(false);
	jest.useRealTimers();
});
