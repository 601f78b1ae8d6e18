import fc from 'fast-check';

import { fileNameFor } from '../../nodes/CometApiKling/transport/fileName';
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
	['a'.repeat(300), `${'a'.repeat(120)}.mp4`],
])('%j becomes "%s"', (wanted, expected) => {
	expect(fileNameFor(wanted, '7781', 'mp4')).toBe(expected);
});

test('a task id is made safe, too', () => {
	expect(fileNameFor(undefined, 'a/../b', 'mp3')).toBe('kling-a-..-b.mp3');
});

test('any name is safe for any file system, and ends as its content does', () => {
	fc.assert(
		fc.property(anyText(400), fc.string(), (wanted, taskId) => {
			const name = fileNameFor(wanted, taskId, 'png');
			expect(name).toMatch(/^[^"*/:<>?\\|]{1,120}\.png$/);
			expect(name).not.toMatch(/^[.\s]/);
			for (const character of name) expect(character.charCodeAt(0)).toBeGreaterThanOrEqual(32);
		}),
		{ numRuns: 500 },
	);
});
