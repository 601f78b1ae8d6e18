import fc from 'fast-check';

import { estimateSpeechSeconds, type VoicePace } from '../../nodes/CometApiKling/talk/estimate';
import {
	MAX_LONG_TEXT_CHARACTERS,
	PART_LIMITS,
	splitAgain,
	splitText,
} from '../../nodes/CometApiKling/talk/splitText';
import {
	CHINESE_MINUTE,
	ENGLISH_MINUTE,
	graphemeStarts,
	longestGrapheme,
	paces,
	texts,
} from './texts';

const en = { language: 'en', speed: 1 } as const;
const zh = { language: 'zh', speed: 1 } as const;

const secondsOf = (parts: string[], pace: VoicePace): number[] =>
	parts.map((part) => estimateSpeechSeconds(part, pace));

/**
 * The positions of the parts in the text; fails if anything but whitespace is missing between
 * them.
 */
function placesOf(text: string, parts: string[]): number[] {
	let position = 0;
	let missing = '';
	const places = parts.flatMap((part) => {
		const start = text.indexOf(part, position);
		missing += text.slice(position, start);
		position = start + part.length;
		return [start, position];
	});
	expect((missing + text.slice(position)).trim()).toBe('');
	return places;
}

test('a text that fits stays as it is', () => {
	expect(splitText(' Hello there. \n', en)).toEqual([' Hello there. \n']);
});

test.each(['', '  \n\t'])('a blank text has no parts: %j', (text) => {
	expect(splitText(text, en)).toEqual([]);
});

test('English and Chinese are cut at sentences, in parts of about the same length', () => {
	const english = splitText(Array(4).fill(ENGLISH_MINUTE).join(' '), en);
	expect(english).toHaveLength(5);
	for (const text of english) expect(text).toMatch(/^[A-Z].*\.$/);
	const chinese = splitText(CHINESE_MINUTE.repeat(4), zh);
	expect(chinese).toHaveLength(6);
	for (const text of chinese) expect(text).toMatch(/。$/);
	for (const seconds of [...secondsOf(english, en), ...secondsOf(chinese, zh)]) {
		expect(seconds).toBeGreaterThan(35);
	}
});

test('a faster voice needs fewer parts', () => {
	const text = Array(4).fill(ENGLISH_MINUTE).join(' ');
	expect(splitText(text, { language: 'en', speed: 2 }).length).toBe(4);
	expect(splitText(text, { language: 'en', speed: 0.8 }).length).toBeGreaterThan(6);
});

test('a tiny remainder gets a fair share', () => {
	const [first, second] = ENGLISH_MINUTE.split(/(?<=accident\.) /);
	const parts = splitText(`${first} ${second?.slice(0, 520)} Thanks.`, en);
	expect(Math.min(...secondsOf(parts, en))).toBeGreaterThan(15);
});

test('a blank line is a better cut than a nearer sentence', () => {
	const sentence = 'This sentence is as long as all the other ones in here. ';
	const text = `${sentence.repeat(8)}\n\n${sentence.repeat(6)}`;
	expect(splitText(text, en)).toEqual([sentence.repeat(8).trim(), sentence.repeat(6).trim()]);
});

test('a sentence that is too long is cut at clauses, then at words', () => {
	const clause = 'and then we went on to the next of the many houses in that street';
	const clauses = splitText(`${Array(20).fill(clause).join(', ')}.`, en);
	for (const text of clauses.slice(0, -1)) expect(text).toMatch(/,$/);
	const words = splitText(`${Array(20).fill(clause).join(' ')}.`, en);
	expect(words.length).toBeGreaterThan(1);
	for (const text of words) expect(text).toMatch(/^[a-z]+ .* [a-z]+\.?$/);
});

test('Chinese without punctuation is cut between words', () => {
	const text = '我们今天在学校里面学习中文'.repeat(40);
	const words = new Set(
		Array.from(new Intl.Segmenter('zh', { granularity: 'word' }).segment(text), (w) => w.index),
	);
	const parts = splitText(text, zh);
	expect(parts.length).toBeGreaterThan(1);
	for (const place of placesOf(text, parts)) {
		expect(place === text.length || words.has(place)).toBe(true);
	}
});

test.each([
	['after a title', 'We met Dr. Smith today. ', /Dr\.$/],
	['after an initial', 'We met J. Smith today. ', /J\.$/],
	['in a wrapped line', 'We met\nour friends today. ', /met$/],
])('a sentence is not cut %s', (_where, sentence, wrongEnd) => {
	const parts = splitText(sentence.repeat(60), en);
	expect(parts.length).toBeGreaterThan(1);
	for (const text of parts) {
		expect(text).not.toMatch(wrongEnd);
		expect(text).toMatch(/today\.$/);
	}
});

test('an opening quote stays with its sentence', () => {
	const parts = splitText('“我们今天去学校。”“明天再来吧！”'.repeat(30), zh);
	expect(parts.length).toBeGreaterThan(1);
	for (const text of parts) expect(text).toMatch(/^“.*”$/);
});

test('a character of more than 1,000 code units is the only one that is cut', () => {
	const text = `${'a'.repeat(3)}${'\u0301'.repeat(2500)}`;
	const parts = splitText(text, en);
	expect(parts.join('')).toBe(text);
	for (const part of parts) expect(part.length).toBeLessThanOrEqual(1000);
});

test('any text within any limits: nothing lost, no character broken, no limit exceeded', () => {
	const limits = fc.record({
		maxSeconds: fc.double({ min: 0.5, max: 100, noNaN: true }),
		minSeconds: fc.double({ min: 0.1, max: 5, noNaN: true }),
		maxCharacters: fc.integer({ min: 1, max: 2000 }),
	});
	fc.assert(
		fc.property(texts, paces, fc.oneof(fc.constant(PART_LIMITS), limits), (text, pace, limit) => {
			const parts = splitText(text, pace, limit);
			const places = placesOf(text, parts);
			const starts = graphemeStarts(text);
			if (longestGrapheme(text) <= limit.maxCharacters) {
				expect(places.filter((place) => !starts.has(place))).toEqual([]);
			}
			const isOver = (part: string): boolean =>
				part.length > Math.max(2, limit.maxCharacters) ||
				(estimateSpeechSeconds(part, pace) > limit.maxSeconds && graphemeStarts(part).size > 2);
			expect(parts.filter(isOver)).toEqual([]);
		}),
		{ numRuns: 200 },
	);
});

test('no part of a text made of words is under two seconds', () => {
	const word = fc.constantFrom('hello', 'we', 'extraordinarily', '好的', '时间管理', '42');
	const mark = fc.constantFrom(' ', ' ', ' ', ', ', '. ', '.\n\n', '。', '，', '! ');
	const prose = fc
		.array(fc.tuple(word, mark), { minLength: 150, maxLength: 700 })
		.map((pairs) => pairs.flat().join(''));
	fc.assert(
		fc.property(prose, paces, (text, pace) => {
			for (const seconds of secondsOf(splitText(text, pace), pace)) {
				expect(seconds).toBeGreaterThanOrEqual(2);
			}
		}),
		{ numRuns: 60 },
	);
});

describe('a part whose speech is too long', () => {
	const part = splitText(`${ENGLISH_MINUTE} ${ENGLISH_MINUTE}`, en)[0] ?? '';

	test.each([
		[60.1, 2],
		[75, 2],
		[140, 4],
	])('of %d seconds is cut by its measured rate into %d', (measured, count) => {
		const parts = splitAgain(part, measured, en);
		expect(parts).toHaveLength(count);
		placesOf(part, parts);
		const speed = estimateSpeechSeconds(part, en) / measured;
		const lengths = secondsOf(parts, { language: 'en', speed });
		const sum = lengths.reduce((total, seconds) => total + seconds, 0);
		// The pauses at the cuts are dropped.
		expect(measured - sum).toBeGreaterThanOrEqual(0);
		expect(measured - sum).toBeLessThan(1);
		expect(Math.max(...lengths)).toBeLessThanOrEqual(50);
		expect(Math.min(...lengths)).toBeGreaterThan(15);
		for (const text of parts) expect(text).toMatch(/[.,:]$/);
	});

	test('stays whole if it fits after all', () => {
		expect(splitAgain(part, 49, en)).toEqual([part]);
	});

	test('is cut by its number of characters if all of it counts as silent', () => {
		const parts = splitAgain('😀'.repeat(100), 100, en);
		expect(parts.map((text) => text.length)).toEqual([100, 100]);
	});

	test('stays whole if it is a single character', () => {
		expect(splitAgain('好', 61, zh)).toEqual(['好']);
		expect(splitAgain('😀', 61, zh)).toEqual(['😀']);
	});

	test('gets smaller each time, for any text', () => {
		fc.assert(
			fc.property(
				texts,
				paces,
				fc.double({ min: 60.1, max: 400, noNaN: true }),
				(text, pace, s) => {
					const parts = splitAgain(text, s, pace);
					placesOf(text, parts);
					if (graphemeStarts(text.trim()).size <= 2) return;
					for (const smaller of parts) expect(smaller.length).toBeLessThan(text.length);
				},
			),
		);
	});
});

test.each([
	...[
		'a',
		' a',
		'\n',
		'.',
		'a. ',
		', ',
		',"',
		'“',
		'汉',
		'😀',
		'😀 ',
		'🇩🇪',
		'👨‍',
		'\u0301',
		'\u0600',
	],
	...['\ud800', 'a\r\n', 'hello ', 'สวัสดีครับ', '\n \u0301'],
])('20,000 characters of %j are split', (scrap) => {
	const text = scrap.repeat(MAX_LONG_TEXT_CHARACTERS).slice(0, MAX_LONG_TEXT_CHARACTERS);
	const parts = splitText(text, en);
	placesOf(text, parts);
	for (const part of parts) expect(part.length).toBeLessThanOrEqual(1000);
});
