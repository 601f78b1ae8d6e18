import fc from 'fast-check';

import { isConfidential, isLoopback } from '../../nodes/CometApiKling/kling/publicAddress';
import { normalizeBaseUrl } from '../../nodes/CometApiKling/transport/baseUrl';

test.each([
	['https://api.cometapi.com', 'https://api.cometapi.com'],
	['https://api.cometapi.com/', 'https://api.cometapi.com'],
	['https://api.cometapi.com/v1', 'https://api.cometapi.com'],
	['https://api.cometapi.com/v1//', 'https://api.cometapi.com'],
	['  https://api.cometapi.com/\n', 'https://api.cometapi.com'],
	['HTTPS://API.CometAPI.com:443', 'https://api.cometapi.com'],
	['https://gateway.example:8443/comet/v1/', 'https://gateway.example:8443/comet'],
	['https://gateway.example/v1/comet', 'https://gateway.example/v1/comet'],
	['https://gateway.example/xv1', 'https://gateway.example/xv1'],
	['https://gateway.example/?a=1#b', 'https://gateway.example'],
	['http://127.0.0.1:8080/v1', 'http://127.0.0.1:8080'],
	['http://localhost', 'http://localhost'],
	['http://[::1]:3000/', 'http://[::1]:3000'],
])('reads "%s" as %s', (text, expected) => {
	expect(normalizeBaseUrl(text)).toBe(expected);
});

test.each([
	['', /is not a URL/],
	['api.cometapi.com', /is not a URL/],
	['https://', /is not a URL/],
	['http://api.cometapi.com', /must start with https/],
	['ftp://127.0.0.1', /must start with https/],
	['http://127.0.0.1.example.com', /must start with https/],
	['http://localhost.example.com', /must start with https/],
	['http://127.example', /must start with https/],
	['http://notlocalhost', /must start with https/],
	['javascript:alert(1)', /must start with https/],
])('rejects "%s"', (text, says) => {
	expect(() => normalizeBaseUrl(text)).toThrow(RangeError);
	expect(() => normalizeBaseUrl(text)).toThrow(says);
});

test('an error does not repeat a password in the URL', () => {
	expect(normalizeBaseUrl('https://user:secret@gateway.example/')).toBe('https://gateway.example');
});

test('requires https for every host except this machine', () => {
	fc.assert(
		fc.property(fc.webUrl({ validSchemes: ['http', 'ftp'], withFragments: true }), (text) => {
			const url = new URL(text);
			expect(isConfidential(url)).toBe(url.protocol === 'http:' && isLoopback(url));
		}),
	);
	expect(isConfidential(new URL('https://example.com'))).toBe(true);
	expect(isConfidential(new URL('ftp://localhost'))).toBe(false);
});
