import { TestedTasks, TestRun } from '../../nodes/CometApiKling/purchase/ledger/testedTasks';
import { VirtualClock } from '../support/virtualClock';

const HOUR_MS = 60 * 60 * 1000;

function setup(): { clock: VirtualClock; tasks: TestedTasks } {
	const clock = new VirtualClock();
	return { clock, tasks: new TestedTasks(clock) };
}

const task = (id: string) => ({ external_task_id: `own-${id}`, task_id: id });

test('another execution can reuse the task, but each execution gets it only once', () => {
	const { tasks } = setup();
	tasks.remember('key', 'first', task('7'));
	expect(tasks.claim('key', 'first')).toBeUndefined();
	expect(tasks.claim('other', 'second')).toBeUndefined();
	expect(tasks.claim('key', 'second')).toMatchObject(task('7'));
	expect(tasks.claim('key', 'second')).toBeUndefined();
	expect(tasks.claim('key', 'third')?.task_id).toBe('7');
});

test('stores later details with the same task', () => {
	const { tasks } = setup();
	tasks.remember('key', 'first', task('7'));
	tasks.remember('key', 'first', { ...task('7'), audio_id: 'a', seconds: 4 });
	expect(tasks.claim('key', 'second')).toMatchObject({ audio_id: 'a', seconds: 4 });
	expect(tasks.claim('key', 'second')).toBeUndefined();
});

test('does not store a request whose task is unknown', () => {
	const { tasks } = setup();
	tasks.remember('key', 'first', { external_task_id: 'own' });
	expect(tasks.claim('key', 'second')).toBeUndefined();
});

test('reuses a task for 24 hours after its creation, however often it was used', () => {
	const { clock, tasks } = setup();
	tasks.remember('key', '1', task('7'));
	clock.leap(23 * HOUR_MS);
	expect(tasks.claim('key', '2')).toBeDefined();
	tasks.remember('key', '2', task('7'));
	clock.leap(HOUR_MS);
	expect(tasks.claim('key', '3')).toBeDefined();
	clock.leap(1);
	expect(tasks.claim('key', '4')).toBeUndefined();
});

test('removes the least recently used of more than 200 tasks', () => {
	const { tasks } = setup();
	for (let count = 0; count < 200; count++) tasks.remember(`key-${count}`, '1', task(`${count}`));
	expect(tasks.claim('key-0', '2')?.task_id).toBe('0');
	tasks.remember('key-200', '1', task('200'));
	expect(tasks.claim('key-1', '2')).toBeUndefined();
	expect(tasks.claim('key-0', '3')?.task_id).toBe('0');
	expect(tasks.claim('key-200', '2')?.task_id).toBe('200');
});

test('removes failed tasks, and tasks that the user wants to replace', () => {
	const { tasks } = setup();
	tasks.remember('key', '1', task('7'));
	tasks.remember('key', '1', task('8'));
	tasks.forget('7');
	tasks.remember('key', '2', task('9'));
	tasks.forgetOthers('key', '2');
	expect(tasks.claim('key', '3')?.task_id).toBe('9');
	expect(tasks.claim('key', '3')).toBeUndefined();
});

test('the parts of an item, and different nodes, have separate tasks', () => {
	const { tasks } = setup();
	const part = new TestRun(tasks, 'node', '1').partOf('speech', 'hash');
	part.remember(task('7'));
	expect(new TestRun(tasks, 'node', '2').partOf('avatar', 'hash').claim()).toBeUndefined();
	expect(new TestRun(tasks, 'other', '2').partOf('speech', 'hash').claim()).toBeUndefined();
	expect(new TestRun(tasks, 'node', '2').partOf('speech', 'hash').claim()).toBeDefined();
});
