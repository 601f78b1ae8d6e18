import { TestedTasks, TestRun } from '../../nodes/CometApiKling/purchase/ledger/testedTasks';
import { VirtualClock } from '../support/virtualClock';

const HOUR_MS = 60 * 60 * 1000;

function setup(): { clock: VirtualClock; tasks: TestedTasks } {
	const clock = new VirtualClock();
	return { clock, tasks: new TestedTasks(clock) };
}

const task = (id: string) => ({ external_task_id: `own-${id}`, task_id: id });

test('another execution gets the task, and each execution gets it once', () => {
	const { tasks } = setup();
	tasks.remember('key', 'first', task('7'));
	expect(tasks.claim('key', 'first')).toBeUndefined();
	expect(tasks.claim('other', 'second')).toBeUndefined();
	expect(tasks.claim('key', 'second')).toMatchObject(task('7'));
	expect(tasks.claim('key', 'second')).toBeUndefined();
	expect(tasks.claim('key', 'third')?.task_id).toBe('7');
});

test('what is learned later is remembered of the same task', () => {
	const { tasks } = setup();
	tasks.remember('key', 'first', task('7'));
	tasks.remember('key', 'first', { ...task('7'), audio_id: 'a', seconds: 4 });
	expect(tasks.claim('key', 'second')).toMatchObject({ audio_id: 'a', seconds: 4 });
	expect(tasks.claim('key', 'second')).toBeUndefined();
});

test('a request whose task is unknown is not remembered', () => {
	const { tasks } = setup();
	tasks.remember('key', 'first', { external_task_id: 'own' });
	expect(tasks.claim('key', 'second')).toBeUndefined();
});

test('a task is reused for 24 hours after it was created, however often it was used', () => {
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

test('of more than 200 tasks, the one that was not used for longest goes', () => {
	const { tasks } = setup();
	for (let count = 0; count < 200; count++) tasks.remember(`key-${count}`, '1', task(`${count}`));
	expect(tasks.claim('key-0', '2')?.task_id).toBe('0');
	tasks.remember('key-200', '1', task('200'));
	expect(tasks.claim('key-1', '2')).toBeUndefined();
	expect(tasks.claim('key-0', '3')?.task_id).toBe('0');
	expect(tasks.claim('key-200', '2')?.task_id).toBe('200');
});

test('a task that failed is forgotten, and so are those in whose place new ones are wanted', () => {
	const { tasks } = setup();
	tasks.remember('key', '1', task('7'));
	tasks.remember('key', '1', task('8'));
	tasks.forget('7');
	tasks.remember('key', '2', task('9'));
	tasks.forgetOthers('key', '2');
	expect(tasks.claim('key', '3')?.task_id).toBe('9');
	expect(tasks.claim('key', '3')).toBeUndefined();
});

test('the parts of an item, and the nodes, have tasks of their own', () => {
	const { tasks } = setup();
	const part = new TestRun(tasks, 'node', '1').partOf('speech', 'hash');
	part.remember(task('7'));
	expect(new TestRun(tasks, 'node', '2').partOf('avatar', 'hash').claim()).toBeUndefined();
	expect(new TestRun(tasks, 'other', '2').partOf('speech', 'hash').claim()).toBeUndefined();
	expect(new TestRun(tasks, 'node', '2').partOf('speech', 'hash').claim()).toBeDefined();
});
