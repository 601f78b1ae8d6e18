import fc from 'fast-check';

import { anyText } from '../support/anyText';

/** 863 characters of English, about a minute at the documented rate. */
export const ENGLISH_MINUTE = [
	'When we started the company, nobody believed that a small team could build a tool like this.',
	'We had two desks, one old server, and a coffee machine that worked on most days.',
	'Our first customer found us by accident.',
	'She had searched for something else, called the number on the page, and asked whether we could help her before Friday.',
	'We said yes, although we had no idea how.',
	'Three days later the first version was running.',
	'It was slow, it was ugly, and it did exactly what she needed.',
	'That taught us a lesson we still repeat to every new colleague: listen first, build second, and polish last.',
	'Today we serve thousands of people in many countries, but the habit has not changed.',
	'Before we write a line of code, we call somebody who will use it.',
	'Sometimes the call takes an hour.',
	'Often it saves us a month of work, and it always makes the product better for them.',
].join(' ');

/** 253 characters of Chinese, about a minute at the documented rate. */
export const CHINESE_MINUTE = [
	'今天我们来聊一聊时间管理。很多人觉得自己每天都很忙，可是到了晚上，却说不出到底做了什么。',
	'其实问题往往不在于时间太少，而在于我们没有想清楚什么最重要。',
	'早上起床以后，先花五分钟写下三件必须完成的事情，然后再打开手机。',
	'这样做的好处是，你的注意力不会被别人的消息带走。',
	'下午的时候，给自己留一段安静的时间，把最难的工作放在这里。',
	'如果中途被打断，也不要着急，记下刚才做到哪里，回来以后继续。',
	'晚上睡觉之前，再看一看早上写的清单，完成的打一个勾，没完成的想一想原因。',
	'坚持一个月，你会发现自己变得从容许多，生活也更加有条理。',
].join('');

/** Pieces of text that are easy to get wrong: one character as readers see it, or a few. */
const SCRAPS = [
	...[
		'a',
		'Hello ',
		'world. ',
		'Dr. ',
		'e.g. ',
		'3.5',
		'1,000',
		', ',
		'"',
		') ',
		'. ',
		'...',
		'!?',
	],
	...['汉', '你好。', '，', '“', '”', '《', 'こんにちは', '안녕 ', 'สวัสดี', 'مرحبا '],
	...[' ', '\n', '\n\n', '\r\n', '\t', '\u00a0', '\u2028', '\u2029', '\u0085', '\u0000', '-->'],
	...['e\u0301', ' \u0301', '👨‍👩‍👧', '🇩🇪', '😀', '👍🏽', '1️⃣', '\ud83d', '\udc00', '\u200d', '\u0600'],
	...['क्षि', '각', '$', '%', '2026', '—', '-', 'supercalifragilisticexpialidocious'.repeat(3)],
];

/**
 * Texts of all kinds: prose in two languages, pieces in any order, repetitions of one piece, and
 * noise.
 */
export const texts: fc.Arbitrary<string> = fc.oneof(
	fc.array(fc.constantFrom(...SCRAPS), { maxLength: 300 }).map((parts) => parts.join('')),
	fc
		.tuple(fc.constantFrom(...SCRAPS), fc.integer({ min: 1, max: 400 }))
		.map(([scrap, count]) => scrap.repeat(count)),
	fc
		.array(fc.constantFrom(ENGLISH_MINUTE, CHINESE_MINUTE, '\n\n', 'Yes. '), { maxLength: 6 })
		.map((parts) => parts.join(' ')),
	anyText(400),
);

export const languages = fc.constantFrom('en' as const, 'zh' as const);

export const paces = fc.record({
	language: languages,
	speed: fc.integer({ min: 8, max: 20 }).map((tenths) => tenths / 10),
});

/** The positions at which characters start, as readers see them. */
export function graphemeStarts(text: string): Set<number> {
	const segments = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text);
	return new Set([...Array.from(segments, ({ index }) => index), text.length]);
}

export function longestGrapheme(text: string): number {
	const segments = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text);
	return Math.max(0, ...Array.from(segments, ({ segment }) => segment.length));
}
