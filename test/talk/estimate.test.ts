import fc from 'fast-check';

import { estimateSpeechSeconds } from '../../nodes/CometApiKling/talk/estimate';
import { CHINESE_MINUTE, ENGLISH_MINUTE, paces, texts } from './texts';

const en = { language: 'en', speed: 1 } as const;
const zh = { language: 'zh', speed: 1 } as const;
const seconds = (text: string, pace: typeof en | typeof zh = en): number =>
	estimateSpeechSeconds(text, pace);

test('prose takes as long as documented', () => {
	expect(seconds(ENGLISH_MINUTE)).toBeCloseTo(60, 0);
	expect(ENGLISH_MINUTE.length / seconds(ENGLISH_MINUTE)).toBeGreaterThan(13);
	expect(ENGLISH_MINUTE.length / seconds(ENGLISH_MINUTE)).toBeLessThan(17);
	expect(seconds(CHINESE_MINUTE, zh)).toBeCloseTo(59, 0);
	expect(CHINESE_MINUTE.length / seconds(CHINESE_MINUTE, zh)).toBeGreaterThan(4);
	expect(CHINESE_MINUTE.length / seconds(CHINESE_MINUTE, zh)).toBeLessThan(5);
});

test.each([0.8, 1.5, 2])('speed %d divides the estimated time by that factor', (speed) => {
	const faster = estimateSpeechSeconds(ENGLISH_MINUTE, { language: 'en', speed });
	expect(faster).toBeCloseTo(seconds(ENGLISH_MINUTE) / speed, 6);
});

test.each([
	['digits take longer than letters', '2026', 'abcd'],
	['a symbol is a word', 'a $ a', 'a  a'],
	['a comma is a pause', 'one, two', 'one two'],
	['the end of a sentence is a longer one', 'one. Two', 'one, two'],
	['a Chinese comma is a pause', '好，好', '好好'],
	['a line break is a pause', 'one\ntwo', 'one two'],
	['a dash with spaces is a pause', 'one - two', 'one two'],
	['a dot in a number is spoken', '3.5', '35'],
	['a Chinese character is longer than a letter', '好', 'a'],
	['kana are longer than letters', 'か', 'a'],
	['Hangul is longer than a letter', '안', 'a'],
])('%s', (_rule, longer, shorter) => {
	expect(seconds(longer)).toBeGreaterThan(seconds(shorter));
});

test.each([
	['a run of punctuation marks is one pause', 'Well...!? Yes', 'Well. Yes'],
	['the longest pause of a run counts', 'Well,. Yes', 'Well. Yes'],
	['a blank line is no longer than a line break', 'Well.\n\nYes', 'Well.\nYes'],
	['whitespace counts once', 'one   two', 'one two'],
	['a comma in a number is silent', '1,000', '1000'],
	['a colon in a time is silent', '12:30', '1230'],
	['a hyphen is silent', 'well-known', 'wellknown'],
	['accents add nothing', 'cafe\u0301', 'cafe'],
	['emoji are silent', 'Hi 👨‍👩‍👧', 'Hi '],
	['quotes are silent', '“Yes”', 'Yes'],
	['a row of symbols is one', '=====', '='],
])('%s', (_rule, one, other) => {
	expect(seconds(one)).toBeCloseTo(seconds(other), 6);
});

test('a voice takes longer for the script of the other language', () => {
	expect(seconds('Welcome', zh)).toBeGreaterThan(seconds('Welcome'));
	expect(seconds('欢迎')).toBeGreaterThan(seconds('欢迎', zh));
	expect(seconds('我用 n8n 工作', zh)).toBeGreaterThan(seconds('我用工作', zh));
});

test('an empty text takes no time', () => {
	expect(seconds('')).toBe(0);
});

test('the parts together never take less time than the whole', () => {
	fc.assert(
		fc.property(texts, fc.nat(), paces, (text, at, pace) => {
			const cut = text.length === 0 ? 0 : at % text.length;
			const parts = [text.slice(0, cut), text.slice(cut)];
			const sum = parts.reduce((total, part) => total + estimateSpeechSeconds(part, pace), 0);
			expect(sum).toBeGreaterThanOrEqual(estimateSpeechSeconds(text, pace) - 1e-9);
		}),
	);
});
