import fc from 'fast-check';

import { checkBase64 } from '../../nodes/CometApiKling/media/base64';
import { anyText } from '../support/anyText';

describe('accepted text', () => {
	it.each<[string, string, string, number, string?]>([
		['the text itself', 'QUJD', 'QUJD', 3],
		['one padding character', 'QUI=', 'QUI=', 2],
		['two padding characters', 'QQ==', 'QQ==', 1],
		['no padding, two digits', 'QQ', 'QQ', 1],
		['no padding, three digits', 'QUI', 'QUI', 2],
		['all kinds of digits', 'aZ09+/+/', 'aZ09+/+/', 6],
		['whitespace', ' QU\r\n\tJD \n', 'QUJD', 3],
		['URL-safe base64', 'aZ09-_-_', 'aZ09+/+/', 6],
		['a prefix', 'data:image/png;base64,QUJD', 'QUJD', 3, 'image/png'],
		[
			'a prefix with a parameter',
			'DATA:audio/wav;codecs=1;BASE64,QUJD',
			'QUJD',
			3,
			'audio/wav;codecs=1',
		],
		['a prefix after whitespace', '\n data:;base64, QUJD', 'QUJD', 3],
	])('%s', (_name, text, base64, bytes, mimeType = '') => {
		expect(checkBase64(text)).toEqual({ ok: true, base64, bytes, mimeType });
	});

	it('encodes the same bytes as Buffer does', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(), (bytes, cut) => {
				fc.pre(bytes.length > 0);
				const text = Buffer.from(bytes).toString('base64');
				const at = cut % text.length;
				const verdict = checkBase64(`${text.slice(0, at)}\n${text.slice(at)}`);
				expect(verdict).toMatchObject({ ok: true, base64: text, bytes: bytes.length });
			}),
		);
	});
});

describe('rejected text', () => {
	it.each([
		['nothing', '', 'It is empty.'],
		['whitespace', ' \r\n\t', 'It is empty.'],
		['a prefix alone', 'data:image/png;base64,', 'It is empty.'],
		['a data: link with text', 'data:text/plain,hello', /starts with data: but is not base64/],
		[
			'a prefix without an end',
			`data:${'a;base64'.repeat(100)}`,
			/starts with data: but is not base64/,
		],
		['a link', 'https://example.com/a.png', 'It is a URL.'],
		['a link without TLS', 'http://example.com/a.png', 'It is a URL.'],
		['a prefix further on', 'QUJDdata:;base64,QUJD', /the character ":"/],
		['a link further on', 'QUJDhttps://example.com', /the character ":"/],
		[
			'other characters',
			'QUJD*UJD',
			'It contains the character "*", which base64 does not allow at that position.',
		],
		['an emoji, whole', 'QU\u{1f600}D', /the character "\u{1f600}"/u],
		[
			'a quote',
			'QU"D',
			String.raw`It contains the character "\"", which base64 does not allow at that position.`,
		],
		['padding in the middle', 'QQ==QUJD', /the character "="/],
		['too much padding', 'Q===', /the character "="/],
		['padding alone', '==', /truncated/],
		['one digit', 'Q', /truncated/],
		['five digits', 'QUJDQ', /truncated/],
		['the wrong padding', 'QUI==', /truncated/],
		['padding where none belongs', 'QUJD=', /truncated/],
	])('%s', (_name, text, problem) => {
		const verdict = checkBase64(text);
		if (verdict.ok) throw new Error('It was accepted.');
		expect(verdict.problem).toMatch(problem);
		expect(verdict.advice).toMatch(/^[A-Z].+\.$/);
	});

	it('rejects text that Buffer would read only with losses', () => {
		fc.assert(
			fc.property(anyText(60), (text) => {
				const verdict = checkBase64(text);
				if (!verdict.ok) return;
				expect(Buffer.from(verdict.base64, 'base64')).toHaveLength(verdict.bytes);
			}),
		);
	});
});
