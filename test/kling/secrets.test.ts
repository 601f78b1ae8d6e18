import fc from 'fast-check';

import { hideSecret, redact } from '../../nodes/CometApiKling/kling/errors/redact';
import { parseResponse } from '../../nodes/CometApiKling/kling/response/parseResponse';
import { jsonResponse, textResponse } from './responses';

/** An unusual key, with characters that JSON and URLs escape. */
const SECRET = 'my/own"key+of 1990';

test.each([
	['as it is', SECRET],
	['in capitals', SECRET.toUpperCase()],
	['URL-encoded', encodeURIComponent(SECRET)],
	['URL-encoded in small letters', encodeURIComponent(SECRET).toLowerCase()],
	['as a part of JSON', JSON.stringify(SECRET)],
	['as a part of JSON in JSON', JSON.stringify(JSON.stringify(SECRET))],
	['in base64', Buffer.from(SECRET).toString('base64')],
	['with escaped slashes', SECRET.replace('/', '\\/').replace('"', '\\"')],
	['with escaped slashes in JSON in JSON', SECRET.replace('/', '\\\\\\/').replace('"', '\\\\"')],
	['with Unicode escapes', SECRET.replace('/', '\\u002f').replace('"', '\\u0022')],
	['in HTML', SECRET.replace('/', '&#x2F;').replace('"', '&quot;').replace('+', '&#43;')],
	['URL-encoded twice', encodeURIComponent(encodeURIComponent(SECRET))],
	['in base64 after "Bearer"', Buffer.from(`Bearer ${SECRET}`).toString('base64')],
	['in base64 after a colon', Buffer.from(`:${SECRET}`).toString('base64url')],
	['with invisible characters inside', `my/own\u200B"key\u202E+of 1990`],
	['after "Bearer"', `Bearer ${SECRET}`],
])('hides the key %s', (_name, written) => {
	const shown = redact(`The key ${written} is not valid`, SECRET);
	expect(shown).toContain('[hidden]');
	expect(shown).not.toMatch(/own|key\+|1990/i);
});

test('accepts a credential with Bearer and whitespace', () => {
	expect(redact('no such key: own-key-1', ' Bearer own-key-1 ')).toBe('no such key: [hidden]');
});

test('hides a key at the end of a long text, even if it is cut', () => {
	const text = `${' \n'.repeat(790)}x ${SECRET}`;
	expect(redact(text, SECRET)).toBe('x [hidden]');
});

test.each(['', 'a', 'ab cd', undefined])('%j is too short to be hidden', (secret) => {
	expect(hideSecret('a task of ab cd', secret)).toBe('a task of ab cd');
});

test('hides keys that the service shortens or masks', () => {
	expect(redact('Incorrect API key provided: sk-ab***********xyz.')).toBe(
		'Incorrect API key provided: [hidden]',
	);
});

test('removes control and bidirectional characters, and cuts no character in half', () => {
	expect(redact('a\u0000b\u001B[31m\u202Ec\u2066d\u200Fe\uFEFF')).toBe('ab[31mcde');
	const emojis = redact('😀'.repeat(300));
	expect(emojis.length).toBeLessThanOrEqual(400);
	expect(emojis).toMatch(/^(?:😀)+…$/u);
});

/** A response with the key in each place that a text may come from. */
function echoing(secret: string): object[] {
	const task = {
		task_id: '1',
		task_status: `odd ${secret}`,
		task_status_msg: `failed for ${secret}`,
		task_info: { external_task_id: 'e', [secret]: secret },
		headers: { authorization: `Bearer ${secret}` },
	};
	return [
		{ code: 0, data: task },
		{ code: `bad ${secret}`, message: `no ${secret}` },
		{ error: { code: 7, message: JSON.stringify({ key: secret }) } },
	];
}

test('nothing that is read from a response contains the key', () => {
	const secret = fc
		.string({ minLength: 6, maxLength: 60, unit: 'grapheme' })
		.filter((text) => text.trim().length >= 6 && !'authorization'.includes(text.trim()));
	fc.assert(
		fc.property(secret, fc.constantFrom(200, 403, 500), (key, http) => {
			for (const body of echoing(`Z${key}Z`)) {
				const context = { secret: `Z${key}Z` };
				const json = JSON.stringify(parseResponse(jsonResponse(body, http), context));
				expect(json).not.toContain(JSON.stringify(`Z${key}Z`).slice(1, -1));
				const escaped = JSON.stringify(body).replaceAll('Z', '\\u005a');
				const read = JSON.stringify(parseResponse(textResponse(escaped, http), context));
				expect(read).not.toContain(JSON.stringify(`Z${key}Z`).slice(1, -1));
			}
		}),
	);
});

test('the raw task is unchanged except for the key', () => {
	const data = { task_id: '1', task_status: 'succeed', note: 'n'.repeat(900), echo: 'own-key-1' };
	const read = parseResponse(jsonResponse({ code: 0, data }), { secret: 'own-key-1' });
	expect(read).toMatchObject({ task: { raw: { ...data, echo: '[hidden]' } } });
});

test('statuses and reasons are short and clean', () => {
	const data = {
		task_id: '1',
		task_status: 's\u202E'.repeat(500),
		task_status_msg: 'm'.repeat(50_000),
	};
	const read = parseResponse(jsonResponse({ code: 0, data }));
	if (read.kind !== 'task') throw new Error('No task was read.');
	expect(read.task.status.length).toBeLessThanOrEqual(400);
	expect(read.task.status).not.toContain('\u202E');
	expect(read.task.statusMessage?.length).toBeLessThanOrEqual(400);
});
