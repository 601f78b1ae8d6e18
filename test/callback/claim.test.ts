import fc from 'fast-check';

import { canBeAskedFor, readClaim } from '../../nodes/CometApiKling/callback/claim';

test.each([
	['flat', { task_id: '7', task_status: 'succeed' }, ['7'], 'succeeded'],
	['under data', { data: { task_id: '7', task_status: 'failed' } }, ['7'], 'failed'],
	[
		'with an external id under task_info',
		{ task_id: '7', task_status: 'processing', task_info: { external_task_id: 'mine' } },
		['7', 'mine'],
		'running',
	],
	[
		"in Kling's newer shape",
		{ id: '7', status: 'succeeded', external_id: 'mine', outputs: [] },
		['7', 'mine'],
		'succeeded',
	],
	['with a flat external id', { external_task_id: 'mine' }, ['mine'], undefined],
	['with an unknown status', { task_id: '7', task_status: 'almost' }, ['7'], undefined],
	['without a status', { task_id: '7' }, ['7'], undefined],
	[
		'of a gateway whose own status is out of date',
		{ task_id: '7', status: 'IN_PROGRESS', data: { task_id: '9', task_status: 'succeed' } },
		['7', '9'],
		'succeeded',
	],
	[
		'whose layers do not agree that it runs',
		{ task_id: '7', status: 'new word', data: { task_status: 'processing' } },
		['7'],
		undefined,
	],
	['with an id that JSON has rounded', { task_id: 2 ** 53 }, [], undefined],
	['with an id that is a small number', { task_id: 77 }, ['77'], undefined],
	['that is empty', {}, [], undefined],
	['that is a list', [], [], undefined],
	['that is a text', 'text', [], undefined],
])('reads a body %s', (_shape, body, ids, state) => {
	expect(readClaim(body)).toStrictEqual({ ids, ...(state !== undefined && { state }) });
});

test('lists few IDs, whatever the body contains', () => {
	const anyBody = fc.oneof(
		fc.anything(),
		fc.object({ key: fc.constantFrom('id', 'data', 'task_id') }),
	);
	fc.assert(
		fc.property(anyBody, (body) => {
			expect(readClaim(body).ids.length).toBeLessThanOrEqual(6);
		}),
	);
});

test.each([
	'.',
	'..',
	'...',
	'',
	'a/b',
	'a\\b',
	'a?b',
	'a#b',
	'a%2fb',
	'a b',
	'a\nb',
	'x'.repeat(129),
])('does not query %j', (id) => {
	expect(canBeAskedFor(id)).toBe(false);
});

test.each(['855123456789012345', 'n8n-1_a', 'cgt-2025.11:7', 'x'.repeat(128)])(
	'queries %j',
	(id) => {
		expect(canBeAskedFor(id)).toBe(true);
	},
);
