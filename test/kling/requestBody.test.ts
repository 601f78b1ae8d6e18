import fc from 'fast-check';

import { encodeBody, type BodyFields } from '../../nodes/CometApiKling/kling/requestBody';
import { anyText } from '../support/anyText';

/** The same request by JSON.stringify, with the bytes as base64. */
function oracle(fields: BodyFields): string {
	const entries = Object.entries(fields).map(([key, value]): [string, string | number] => [
		key,
		typeof value === 'object' ? Buffer.from(value).toString('base64') : value,
	]);
	return JSON.stringify(Object.fromEntries(entries));
}

test.each<[string, BodyFields]>([
	['nothing', {}],
	['a string', { prompt: 'Smile' }],
	['a string with characters that JSON escapes', { prompt: 'say "hi"\n\\ 世界 \u2028' }],
	['a number', { voice_speed: 0.8 }],
	['bytes', { image: Buffer.from('abc') }],
	['no bytes', { image: Buffer.alloc(0) }],
	['all of them', { image: Buffer.from('ab'), mode: 'std', n: 1, sound_file: Buffer.from('a') }],
])('%s', (_name, fields) => {
	expect(encodeBody(fields).toString('utf8')).toBe(oracle(fields));
});

test('any fields are encoded as JSON.stringify does', () => {
	const value = fc.oneof(anyText(20), fc.integer(), fc.uint8Array({ maxLength: 100 }));
	fc.assert(
		fc.property(fc.dictionary(fc.string({ minLength: 1 }), value, { maxKeys: 6 }), (fields) => {
			expect(encodeBody(fields).toString('utf8')).toBe(oracle(fields));
		}),
	);
});

test('files are encoded in pieces, and from the middle of larger buffers', () => {
	const pool = new Uint8Array(200_001).map((_, index) => (index * 31) % 251);
	for (const bytes of [49_151, 49_152, 49_153, 98_304, 150_000]) {
		const image = pool.subarray(7, 7 + bytes);
		expect(encodeBody({ image, mode: 'pro' }).toString('utf8')).toBe(
			oracle({ image, mode: 'pro' }),
		);
	}
});
