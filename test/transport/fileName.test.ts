import fc from 'fast-check';

import { fileNameFor } from '../../nodes/CometApiKling/transport/download/fileName';
import { anyText } from '../support/anyText';

test.each([
	[undefined, 'kling-7781.mp4'],
	['', 'kling-7781.mp4'],
	['  ', 'kling-7781.mp4'],
	['...', 'kling-7781.mp4'],
	['episode-42', 'episode-42.mp4'],
	['episode-42.mp4', 'episode-42.mp4'],
	['Episode.MP4', 'Episode.mp4'],
	['clip.mov', 'clip.mov.mp4'],
	['  clip.mp4 ', 'clip.mp4'],
	['.hidden', 'hidden.mp4'],
	['../../etc/passwd', '-..-etc-passwd.mp4'],
	['a:b*c?d"e<f>g|h\\i', 'a-b-c-d-e-f-g-h-i.mp4'],
	['line\nbreak\u0000', 'line-break-.mp4'],
	['Grüße 世界', 'Grüße 世界.mp4'],
	['a'.repeat(300), `${'a'.repeat(251)}.mp4`],
	['é'.repeat(200), `${'é'.repeat(125)}.mp4`],
	['👩‍👩‍👧'.repeat(20), `${'👩‍👩‍👧'.repeat(13)}.mp4`],
	['a\ud83d', 'a.mp4'],
	['cv\u202egpj.exe', 'cvgpj.exe.mp4'],
	['\ufeffclip\u200e', 'clip.mp4'],
	['a\u2028b\u0085c', 'a-b-c.mp4'],
	['a\u00adb\u180ec\u206ed\ufff9e\u{e0062}f', 'abcdef.mp4'],
	['نامه\u200cها', 'نامه\u200cها.mp4'],
	['\u0600\u06dd', '\u0600\u06dd.mp4'],
	[
		'🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
		'🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}.mp4',
	],
	['\u200d\u200c', 'kling-7781.mp4'],
	['con\u200c', '_con.mp4'],
	['con\u200c.mp4', '_con.mp4'],
	[`e${'\u0301'.repeat(300)}`, 'kling-7781.mp4'],
	[`e${'\u0301'.repeat(300)}.mp4`, 'kling-7781.mp4'],
	['CON', '_CON.mp4'],
	['aux.mp4', '_aux.mp4'],
	['com1.final', '_com1.final.mp4'],
	['LPT²', '_LPT².mp4'],
	['nul .txt', '_nul .txt.mp4'],
	['console', 'console.mp4'],
])('%j becomes "%s"', (wanted, expected) => {
	expect(fileNameFor(wanted, '7781', 'mp4')).toBe(expected);
});

test('makes a task ID safe, too', () => {
	expect(fileNameFor(undefined, 'a/../b', 'mp3')).toBe('kling-a-..-b.mp3');
});

test('any name is safe for any file system, and has the extension of its content', () => {
	fc.assert(
		fc.property(anyText(400), fc.string(), (wanted, taskId) => {
			const name = fileNameFor(wanted, taskId, 'png');
			expect(name).toMatch(/^[^"*/:<>?\\|\p{Cc}\p{Cs}\u202a-\u202e]+\.png$/u);
			expect(name).not.toMatch(/^[.\s]/);
			expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
		}),
		{ numRuns: 500 },
	);
});
