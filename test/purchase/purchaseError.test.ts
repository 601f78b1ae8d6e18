import type { Fault } from '../../nodes/CometApiKling/kling/errors/faults';
import { readTask } from '../../nodes/CometApiKling/kling/response/readTask';
import type { KlingTask } from '../../nodes/CometApiKling/kling/task';
import { purchaseError } from '../../nodes/CometApiKling/purchase/submit/purchaseError';

const REFUSAL: Fault = { kind: 'contentPolicy', message: 'risk control', httpStatus: 400 };
const LOST: Fault = { kind: 'interrupted', message: 'socket hang up', code: 'ECONNRESET' };
const NOTHING = { unconfirmedIds: [], hasSpeech: false };
const NOTHING_CHARGED = 'No task was created. Nothing was charged for this item.';
const SPEECH_CHARGED = 'The speech was charged, and a retry of this execution reuses it.';

function olderTask(fields: Record<string, unknown>): KlingTask {
	const task = readTask([{ task_id: '42', ...fields }]);
	if (!task) throw new Error('The task could not be read.');
	return task;
}

describe('what was charged', () => {
	test.each([
		['nothing', NOTHING, NOTHING_CHARGED],
		['the speech', { ...NOTHING, hasSpeech: true }, `The video was not created. ${SPEECH_CHARGED}`],
		[
			'perhaps two tasks, each named once',
			{ unconfirmedIds: ['a', 'b', 'a'], hasSpeech: false },
			'Tasks with these external IDs may have been charged: a, b.',
		],
		[
			'perhaps a task, and the speech',
			{ unconfirmedIds: ['a'], hasSpeech: true },
			`Tasks with these external IDs may have been charged: a. ${SPEECH_CHARGED}`,
		],
	])('%s', (_, before, says) => {
		for (const outcome of [
			{ kind: 'canceled' as const },
			{ kind: 'refused' as const, fault: REFUSAL },
		]) {
			const { details } = purchaseError(outcome, before);
			expect(details.advice?.endsWith(says)).toBe(true);
			expect(details.externalTaskId).toBe(before.unconfirmedIds[0]);
		}
	});
});

test("a cancellation is not the service's fault", () => {
	const { message, details } = purchaseError({ kind: 'canceled' }, NOTHING);
	expect(message).toBe('The execution was canceled before the task was created');
	expect(details.fault).toBeUndefined();
});

describe('a refusal', () => {
	test("is reported in the service's own words, with advice", () => {
		const error = purchaseError({ kind: 'refused', fault: REFUSAL }, NOTHING);
		expect(error.message).toMatch(/content policy.*risk control/);
		expect(error.message).not.toMatch(/within/);
		expect(error.details.fault).toBe(REFUSAL);
		expect(error.details.advice).not.toMatch(/failed task/);
	});

	test('that continued says for how long', () => {
		const fault: Fault = { kind: 'tooManyTasks', message: '' };
		const error = purchaseError({ kind: 'refused', fault, refusedForMs: 61_400 }, NOTHING);
		expect(error.message).toMatch(/^CometAPI did not accept the task within 61 seconds: \S/);
	});

	test.each([
		['no face', ': task 42, which failed: no face'],
		[undefined, ': task 42, which failed: no reason was given'],
	])('of the ID of a failed task names the task and its reason (%s)', (reason, says) => {
		const existing = olderTask({ task_status: 'failed', task_status_msg: reason });
		const error = purchaseError({ kind: 'refused', fault: REFUSAL, existing }, NOTHING);
		expect(error.message.endsWith(says)).toBe(true);
		expect(error.details.advice).toMatch(/^The ID of a failed task cannot be used again\. /);
		expect(error.details.advice).toMatch(
			/whether the failed task was charged\. No other task was created\.$/,
		);
		expect(error.details.taskId).toBe('42');
	});

	test('of the ID of another task names that task', () => {
		const existing = olderTask({ task_status: 'succeed' });
		const error = purchaseError({ kind: 'refused', fault: REFUSAL, existing }, NOTHING);
		expect(error.message.endsWith(': task 42')).toBe(true);
		expect(error.details.advice).not.toMatch(/failed task/);
	});
});

describe('a task that may exist', () => {
	test('is named with all other tasks of the item, and the advice says how to continue', () => {
		const outcome = { kind: 'unconfirmed' as const, fault: LOST, externalTaskId: 'b' };
		const { message, details } = purchaseError(outcome, {
			unconfirmedIds: ['a'],
			hasSpeech: false,
		});
		expect(message).toMatch(/^Could not confirm whether the task was created: \S.*ECONNRESET/);
		expect(details.advice).toMatch(/not repeated.*Retry the execution.*start a new execution/);
		expect(details.advice?.endsWith('may have been charged: a, b.')).toBe(true);
		expect(details).toMatchObject({ fault: LOST, externalTaskId: 'b' });
	});

	test("with a user's ID can be an older task, and the advice says so", () => {
		const outcome = { kind: 'unconfirmed' as const, fault: LOST, externalTaskId: 'b' };
		const advice = (isUserId: boolean): string | undefined =>
			purchaseError({ ...outcome, isUserId }, NOTHING).details.advice;
		expect(advice(true)).toMatch(/only an older task.*use a different 'External Task ID'/);
		expect(advice(false)).not.toMatch(/older/);
	});

	test('needs no reason', () => {
		const { message } = purchaseError({ kind: 'unconfirmed', externalTaskId: 'b' }, NOTHING);
		expect(message).toBe('Could not confirm whether the task was created');
	});
});
