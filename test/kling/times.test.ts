import { AVATAR_ROUTE } from '../../nodes/CometApiKling/kling/routes';
import { simplifyTask, taskDurationMs } from '../../nodes/CometApiKling/kling/task';
import { readTime } from '../../nodes/CometApiKling/kling/response/time';
import { jsonResponse, taskIn } from './responses';

const AT_MS = 1_773_367_502_000;
const AT_ISO = '2026-03-13T02:05:02.000Z';

/**
 * The same time in the units and notations of gateways
 * (docs/maintainers/service-notes.md#create-an-avatar-task).
 */
const NOTATIONS: Array<[string, (ms: number) => unknown]> = [
	['milliseconds', (ms) => ms],
	['milliseconds as text', (ms) => String(ms)],
	['seconds', (ms) => ms / 1000],
	['seconds as text', (ms) => String(ms / 1000)],
	['ISO 8601', (ms) => new Date(ms).toISOString()],
	['ISO 8601 without milliseconds', (ms) => new Date(ms).toISOString().replace('.000', '')],
	[
		'a date and a time without a zone',
		(ms) => new Date(ms).toISOString().slice(0, 19).replace('T', ' '),
	],
];

describe.each(NOTATIONS)('times as %s', (_name, write) => {
	const task = taskIn(
		jsonResponse({
			task_id: '1',
			task_status: 'succeed',
			created_at: write(AT_MS),
			updated_at: write(AT_MS + 215_000),
		}),
	);

	test('are returned as ISO 8601', () => {
		expect(simplifyTask(task, AVATAR_ROUTE)).toMatchObject({
			created_at: AT_ISO,
			updated_at: '2026-03-13T02:08:37.000Z',
		});
	});

	test('tell how long the task took', () => {
		expect(taskDurationMs(task)).toBe(215_000);
	});
});

test.each<[unknown, number | undefined]>([
	['2026-03-13T10:05:02+08:00', AT_MS],
	['2026-03-13T10:05:02+0800', AT_MS],
	['2026-03-13 02:05', AT_MS - 2000],
	[' 1773367502 ', AT_MS],
	[0, undefined],
	['0', undefined],
	[-1, undefined],
	['', undefined],
	[null, undefined],
	['2026', 2_026_000],
	['2026-13-99T99:99:99Z', undefined],
	['March 13, 2026', undefined],
	[9e15, undefined],
])('%j is %j', (value, expected) => {
	expect(readTime(value)).toBe(expected);
});

test.each<[string, object]>([
	['one of the times is missing', { created_at: AT_MS }],
	['they are the same', { created_at: AT_MS, updated_at: AT_MS }],
	['they are in the wrong order', { created_at: AT_MS, updated_at: AT_MS - 1 }],
])('the duration is not known if %s', (_name, times) => {
	const task = taskIn(jsonResponse({ task_id: '1', task_status: 'succeed', ...times }));
	expect(taskDurationMs(task)).toBeUndefined();
});

test('both times come from the same layer: the innermost that has any', () => {
	const inner = {
		task_id: '1',
		task_status: 'succeed',
		created_at: AT_MS,
		updated_at: AT_MS + 5000,
	};
	const body = {
		data: {
			task_id: '1',
			status: 'SUCCESS',
			progress: '100%',
			submit_time: 1,
			finish_time: 900,
			data: inner,
		},
	};
	expect(taskDurationMs(taskIn(jsonResponse(body)))).toBe(5000);
	const outer = {
		task_id: '1',
		status: 'SUCCESS',
		progress: '100%',
		submit_time: 1_773_367_502,
		finish_time: 1_773_367_602,
	};
	expect(taskDurationMs(taskIn(jsonResponse({ data: outer })))).toBe(100_000);
});
