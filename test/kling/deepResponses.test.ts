import { parseResponse } from '../../nodes/CometApiKling/kling/response/parseResponse';
import { AVATAR_ROUTE } from '../../nodes/CometApiKling/kling/routes';
import { simplifyTask } from '../../nodes/CometApiKling/kling/task';
import { toDataObject } from '../../nodes/CometApiKling/output/dataObject';
import { faultIn, textResponse } from './responses';

describe('handles responses nested as deeply as two megabytes allow', () => {
	const LEVELS = 200_000;
	const around = (open: string, close: string, middle: string): string =>
		open.repeat(LEVELS) + middle + close.repeat(LEVELS);

	test.each([
		['envelopes', around('{"data":', '}', '{"task_id":"1"}')],
		['lists', around('[', ']', '')],
		['an error', `{"error":${around('{"error":', '}', '1')}}`],
	])('gives up on %s', (_name, text) => {
		expect(faultIn(textResponse(text)).kind).toBe('malformedResponse');
	});

	test.each([
		['objects', around('{"a":', '}', '1')],
		['lists', around('[', ']', '')],
	])('reads a task with %s, and returns it without the deepest levels', (_name, deep) => {
		const read = parseResponse(
			textResponse(`{"task_id":"1","task_status":"succeed","extra":${deep}}`),
		);
		if (read.kind !== 'task') throw new Error('The task was not read.');
		expect(simplifyTask(read.task, AVATAR_ROUTE)).toMatchObject({ task_id: '1' });
		expect(JSON.stringify(toDataObject(read.task.raw))).toMatch(/^\{"task_id":"1".*null/);
	});
});
