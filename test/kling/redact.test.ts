import fc from 'fast-check';

import { redact } from '../../nodes/CometApiKling/kling/errors/redact';

test.each([
	['nothing to hide', 'Voice id not found', 'Voice id not found'],
	['a key', 'Invalid token sk-abcd1234 given', 'Invalid token [hidden] given'],
	['a header', 'got Authorization: Bearer abc.def.ghi here', 'got Authorization: [hidden] here'],
	['a header in small letters', 'bearer   abc', '[hidden]'],
	['a piece of a file', `bad image ${'QUJD'.repeat(16)}`, 'bad image [hidden]'],
	['a task id', 'task 77812345678901234567 failed', 'task 77812345678901234567 failed'],
	['whitespace', ' many\n\n  lines\t', 'many lines'],
	['a word that only ends like a key', 'task-sk', 'task-sk'],
])('%s', (_name, text, expected) => {
	expect(redact(text)).toBe(expected);
});

test('a run of 63 characters is a word, but one of 64 is not', () => {
	expect(redact('a'.repeat(63))).toBe('a'.repeat(63));
	expect(redact('a'.repeat(64))).toBe('[hidden]');
});

test('generated external IDs stay readable', () => {
	const id = 'n8n-123456789012345678901234567890-12-1234-deadbeef';
	expect(redact(`exists: ${id}`)).toContain(id);
});

test('long texts are cut after 400 characters', () => {
	const words = 'word '.repeat(1000);
	expect(redact(words)).toBe(`${words.slice(0, 399)}…`);
	expect(redact('ab '.repeat(133))).toHaveLength(398);
	expect(redact(`${'word '.repeat(79)}12345`)).toHaveLength(400);
});

test('no text keeps 64 characters of a file, nor a key, at any position', () => {
	const secret = `sk-${'k'.repeat(48)}`;
	fc.assert(
		fc.property(
			fc.string({ maxLength: 2000 }),
			fc.uint8Array({ minLength: 60, maxLength: 2000 }),
			fc.string({ maxLength: 2000 }),
			(before, bytes, after) => {
				const media = Buffer.from(bytes).toString('base64');
				const clean = redact(`${before} ${media} ${secret} ${after}`);
				expect(clean.length).toBeLessThanOrEqual(400);
				expect(clean).not.toMatch(/[A-Za-z0-9+/=_-]{64}/);
				expect(clean).not.toContain('sk-kkkk');
			},
		),
	);
});
