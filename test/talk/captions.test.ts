import { execFileSync } from 'node:child_process';
import { path as ffmpeg } from '@ffmpeg-installer/ffmpeg';
import fc from 'fast-check';

import { columnsOf } from '../../nodes/CometApiKling/talk/captionLines';
import { captionCues, type SpokenClip } from '../../nodes/CometApiKling/talk/captions';
import { captionsSrt } from '../../nodes/CometApiKling/talk/srt';
import { readSrt, type SrtCue } from './readSrt';
import { CHINESE_MINUTE, ENGLISH_MINUTE, graphemeStarts, languages, texts } from './texts';

const linesOf = (cues: SrtCue[]): string[][] => cues.map(({ lines }) => lines);
const withoutSpace = (text: string): string => text.replace(/[\s\p{Cc}]/gu, '');
const allText = (cues: SrtCue[]): string => withoutSpace(linesOf(cues).flat().join(''));

const TALK: SpokenClip[] = [
	{ text: ENGLISH_MINUTE, seconds: 58.123 },
	{ text: `Yes. ${ENGLISH_MINUTE}`, seconds: 47.0004 },
	{ text: 'Thank you.', seconds: 2.1 },
];

/** Rules that apply to any clips. */
function checkOrder(cues: SrtCue[]): void {
	const isWrong = ({ startMs, endMs }: SrtCue, index: number): boolean =>
		startMs >= endMs || endMs - startMs > 7000 || startMs < (cues[index - 1]?.endMs ?? 0);
	expect(cues.filter(isWrong)).toEqual([]);
}

/** Rules for clips with enough time for their text. */
function checkShape(cues: SrtCue[]): void {
	const isWrong = ({ startMs, endMs, lines }: SrtCue): boolean =>
		endMs - startMs < 800 || lines.length > 2 || lines.some((line) => columnsOf(line) > 42);
	expect(cues.filter(isWrong)).toEqual([]);
}

test('English: lines, times and clip borders', () => {
	const cues = readSrt(captionsSrt(TALK, 'en'));
	checkOrder(cues);
	checkShape(cues);
	expect(allText(cues)).toBe(withoutSpace(TALK.map(({ text }) => text).join('')));
	for (const border of [58_123, 105_123, 107_223]) {
		expect(cues.filter(({ startMs, endMs }) => startMs < border && endMs > border)).toEqual([]);
		expect(cues.filter(({ endMs }) => endMs === border)).toHaveLength(1);
	}
	expect(cues[0]?.startMs).toBe(0);
	expect(cues.at(-1)).toEqual({ startMs: 105_123, endMs: 107_223, lines: ['Thank you.'] });
});

test('Chinese: 21 characters per line', () => {
	const cues = readSrt(captionsSrt([{ text: CHINESE_MINUTE, seconds: 57.5 }], 'zh'));
	checkOrder(cues);
	checkShape(cues);
	expect(allText(cues)).toBe(CHINESE_MINUTE);
	expect(cues.at(-1)?.endMs).toBe(57_500);
	for (const line of linesOf(cues).flat()) {
		expect(line).not.toMatch(/^[，。！？、”]/);
		expect(line).not.toMatch(/“$/);
	}
});

test('each sentence starts a cue', () => {
	const cues = readSrt(captionsSrt([{ text: ENGLISH_MINUTE, seconds: 60 }], 'en'));
	const sentences = ENGLISH_MINUTE.split(/(?<=\.) /);
	const starts = linesOf(cues).map(([first = '']) => first);
	for (const sentence of sentences) {
		expect(starts.some((line) => sentence.startsWith(line))).toBe(true);
	}
});

test('a sentence that is too short to read shares a cue', () => {
	const cues = readSrt(captionsSrt([{ text: 'Yes. We can do that today.', seconds: 2.2 }], 'en'));
	expect(linesOf(cues)).toEqual([['Yes. We can do that today.']]);
});

test('two lines are about equally wide, or end with a clause', () => {
	const one = { text: 'It was slow and it was ugly but it did exactly that.', seconds: 4 };
	expect(linesOf(readSrt(captionsSrt([one], 'en')))).toEqual([
		['It was slow and it was ugly', 'but it did exactly that.'],
	]);
	const other = { text: 'It was slow and ugly, but it did what she needed.', seconds: 4 };
	expect(linesOf(readSrt(captionsSrt([other], 'en')))).toEqual([
		['It was slow and ugly,', 'but it did what she needed.'],
	]);
});

test('times follow the share of each sentence and the pauses', () => {
	const sentence = 'This is a sentence of some length.';
	const even = captionCues([{ text: `${sentence} ${sentence}`, seconds: 6 }], 'en');
	expect((even[0]?.endMs ?? 0) / 1000).toBeCloseTo(3, 1);
	const paused = `This, is, a, sentence, of some length. ${sentence}`;
	expect(captionCues([{ text: paused, seconds: 6 }], 'en')[0]?.endMs).toBeGreaterThan(3300);
});

describe('impossible combinations', () => {
	const cuesOf = (...clips: SpokenClip[]): SrtCue[] => readSrt(captionsSrt(clips, 'en'));

	test('a clip of less than 0.8 s has one cue as long as itself', () => {
		const cues = cuesOf({ text: 'Hello there.', seconds: 0.5 }, { text: 'Next.', seconds: 3 });
		expect(cues).toEqual([
			{ startMs: 0, endMs: 500, lines: ['Hello there.'] },
			{ startMs: 500, endMs: 3500, lines: ['Next.'] },
		]);
	});

	test('if there is more text than fits, its cues share the time', () => {
		const cues = cuesOf({ text: ENGLISH_MINUTE, seconds: 4 });
		checkOrder(cues);
		expect(allText(cues)).toBe(withoutSpace(ENGLISH_MINUTE));
		expect(cues.at(-1)?.endMs).toBe(4000);
		for (const { startMs, endMs, lines } of cues) {
			expect(lines.length).toBeLessThanOrEqual(2);
			expect(endMs - startMs).toBeGreaterThanOrEqual(Math.floor(4000 / cues.length));
		}
	});

	test('if each cue would get less than a millisecond, all text is one cue', () => {
		const cues = cuesOf({ text: ENGLISH_MINUTE, seconds: 0.002 });
		expect(cues).toHaveLength(1);
		expect(allText(cues)).toBe(withoutSpace(ENGLISH_MINUTE));
		for (const line of linesOf(cues).flat()) expect(line.length).toBeLessThanOrEqual(42);
	});

	test.each([0, -1, NaN, Infinity])('a clip of %d seconds has no cue', (seconds) => {
		const cues = cuesOf({ text: 'Hello.', seconds }, { text: 'Next.', seconds: 2 });
		expect(cues).toEqual([{ startMs: 0, endMs: 2000, lines: ['Next.'] }]);
	});

	test('the cue of a single word ends after 7 s', () => {
		const cues = cuesOf({ text: 'Hello.', seconds: 20 }, { text: 'Next.', seconds: 2 });
		expect(cues).toEqual([
			{ startMs: 0, endMs: 7000, lines: ['Hello.'] },
			{ startMs: 20_000, endMs: 22_000, lines: ['Next.'] },
		]);
	});

	test('a word that is wider than a line, or takes more than 7 s to say, is cut', () => {
		const wide = cuesOf({ text: 'a'.repeat(100), seconds: 6 });
		checkShape(wide);
		expect(allText(wide)).toBe('a'.repeat(100));
		const digits = cuesOf({ text: '3'.repeat(30), seconds: 10.8 });
		checkOrder(digits);
		expect(digits.at(-1)?.endMs).toBe(10_800);
	});

	test('a clip without words has no cue', () => {
		expect(cuesOf({ text: ' \n ', seconds: 5 }, { text: '', seconds: 5 })).toEqual([]);
		expect(captionsSrt([], 'en')).toBe('');
	});
});

test('control characters and arrows do not break the file', () => {
	const text = 'One\u0000two\u0085\n\nthree 00:00:01,000 --> 00:00:02,000\r\nfour';
	const cues = readSrt(captionsSrt([{ text, seconds: 6 }], 'en'));
	expect(linesOf(cues).flat().join(' ')).toBe('One two three 00:00:01,000 → 00:00:02,000 four');
});

test('formats times beyond the first hour', () => {
	const clips = [
		{ text: '', seconds: 3723.5 },
		{ text: 'Good night.', seconds: 2.25 },
	];
	expect(captionsSrt(clips, 'en')).toBe('1\n01:02:03,500 --> 01:02:05,750\nGood night.\n');
});

test('any text in any clips: nothing lost, no character broken, always in order', () => {
	const clip = fc.record({
		text: texts,
		seconds: fc.oneof(
			fc.double({ min: 0.001, max: 100, noNaN: true }),
			fc.constantFrom(0.001, 0.79, 0.8, 2, 60),
		),
	});
	fc.assert(
		fc.property(fc.array(clip, { maxLength: 3 }), languages, (clips, language) => {
			const cues = readSrt(captionsSrt(clips, language));
			checkOrder(cues);
			// A clip whose duration rounds to zero has no cue; these start at the first border.
			const said = clips.filter(({ seconds }) => seconds >= 0.0011).map(({ text }) => text);
			if (said.length < clips.length) return;
			const text = withoutSpace(said.join('\n')).replaceAll('-->', '→');
			expect(allText(cues)).toBe(text);
		}),
		{ numRuns: 100 },
	);
});

test('no line splits a character or is too wide', () => {
	fc.assert(
		fc.property(texts, languages, (text, language) => {
			const isShort = [...graphemeStarts(text)].every((start, index, all) => {
				return columnsOf(text.slice(start, all[index + 1] ?? start)) <= 42;
			});
			// Give the text the time it needs, so that only the limit for long words is exceeded.
			const cues = readSrt(captionsSrt([{ text, seconds: 0.8 + text.length / 4 }], language));
			checkOrder(cues);
			if (isShort) checkShape(cues);
			const plain = text
				.replace(/\p{Cc}/gu, (control) => (/\s/.test(control) ? control : ' '))
				.replaceAll('-->', '→');
			const starts = graphemeStarts(plain);
			let position = 0;
			const broken = linesOf(cues)
				.flat()
				.filter((line) => {
					const [first = ''] = line.split(' ');
					const start = plain.indexOf(first, position);
					position = start + first.length;
					return !starts.has(start);
				});
			expect(broken).toEqual([]);
		}),
		{ numRuns: 100 },
	);
});

test.each([
	['English', 'en', TALK],
	['Chinese', 'zh', [{ text: CHINESE_MINUTE, seconds: 50 }]],
	['numbers', 'en', [{ text: '2026\n\n7\n\n8. 9. Ten <b>11</b> {12}.', seconds: 9 }]],
] as const)('ffmpeg reads the file: %s', (_name, language, clips) => {
	const srt = captionsSrt(clips, language);
	const read = execFileSync(
		ffmpeg,
		['-v', 'error', '-xerror', '-f', 'srt', '-i', 'pipe:0', '-c', 'copy', '-f', 'srt', 'pipe:1'],
		{ input: srt, encoding: 'utf8' },
	);
	expect(readSrt(read.trimEnd() + '\n')).toEqual(readSrt(srt));
});
