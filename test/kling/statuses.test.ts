import fc from 'fast-check';

import { isKnownStatus, stateOf } from '../../nodes/CometApiKling/kling/response/statuses';
import { jsonResponse, taskIn } from './responses';

/**
 * Every status seen for a task (docs/maintainers/service-notes.md#tasks), and those that gateways
 * use.
 */
const WORDS = {
	running: ['submitted', 'processing', 'queued', 'pending', 'running', 'not_start', 'in_progress'],
	succeeded: ['succeed', 'succeeded', 'success', 'completed'],
	failed: ['failed', 'fail', 'failure', 'error', 'cancelled', 'canceled'],
};

const table = Object.entries(WORDS).flatMap(([state, words]) =>
	words.map((word): [string, string] => [word, state]),
);

test.each(table)('"%s" is %s in any spelling', (word, state) => {
	for (const written of [word, word.toUpperCase(), ` ${word}\n`]) {
		expect(stateOf(written)).toBe(state);
		expect(isKnownStatus(written)).toBe(true);
	}
});

test('an unknown status means that the task is still running', () => {
	const known = new Set(table.map(([word]) => word));
	fc.assert(
		fc.property(fc.string(), (word) => {
			fc.pre(!known.has(word.trim().toLowerCase()));
			expect(stateOf(word)).toBe('running');
			expect(isKnownStatus(word)).toBe(false);
		}),
	);
});

test('a task says whether its status is known, and keeps its original spelling', () => {
	const of = (task_status: string) => taskIn(jsonResponse({ task_id: '1', task_status }));
	expect(of('Succeed')).toMatchObject({ status: 'Succeed', statusIsKnown: true });
	expect(of('dancing')).toMatchObject({
		status: 'dancing',
		state: 'running',
		statusIsKnown: false,
	});
});
