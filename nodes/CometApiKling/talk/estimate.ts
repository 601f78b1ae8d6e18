import type { VoiceLanguage } from '../kling/voices';

/** Determines how long a voice takes to say a text. */
export interface VoicePace {
	language: VoiceLanguage;
	/** The parameter 'Voice Speed', from 0.8 to 2. */
	speed: number;
}

/**
 * docs/maintainers/service-notes.md#speech: English has 13-17 characters a second with spaces, so
 * 60 s hold about 850. With the pauses below, this rate gives that length for prose. A Chinese
 * voice gets the slow end.
 */
const LETTERS_PER_SECOND: Record<VoiceLanguage, number> = { en: 16.5, zh: 13 };

/**
 * docs/maintainers/service-notes.md#speech: Chinese has 4-5 characters a second, about 250 in 60 s
 * with the pauses below.
 */
const HAN_PER_SECOND: Record<VoiceLanguage, number> = { en: 4, zh: 4.5 };

/** Kana and Hangul stand for one syllable each. */
const SYLLABLES_PER_SECOND = 6;

/** A digit is a word of its own ("seven") or part of several ("four hundred", 四百). */
const DIGIT_SECONDS = 0.36;

/** A symbol such as % or $ is spoken as a word. */
const SYMBOL_SECONDS = 0.4;

/** The voice pauses at the end of a sentence or line, and more briefly within a sentence. */
const LONG_PAUSE_SECONDS = 0.5;
const SHORT_PAUSE_SECONDS = 0.25;

const LONG_PAUSE = /[.!?。！？｡…‥\n\r\u2028\u2029]/u;
const SHORT_PAUSE = /[,;:，、；：､—–]/u;
const SYMBOL = /[\p{Sc}%‰°&@#+=×÷]/u;
const HAN = /\p{Script=Han}/u;
const SYLLABLE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const LETTER = /\p{L}/u;
const DIGIT = /\p{N}/u;
const LATIN_LETTER_OR_DIGIT = /^[A-Za-z0-9]$/;

/**
 * Estimates how long a voice takes to say a text, in seconds.
 *
 * Digits and symbols count as the words that they stand for, each script at its own rate, and a run
 * of punctuation as its longest pause. Emoji count as silent; it is not documented how Kling
 * handles them. The sum for the parts of a text is never less than the estimate for the whole.
 */
export function estimateSpeechSeconds(text: string, pace: VoicePace): number {
	const characters = Array.from(text);
	let seconds = 0;
	let pause = 0;
	characters.forEach((character, index) => {
		const previous = characters[index - 1] ?? '';
		const pauseHere = pauseAt(previous, character, characters[index + 1] ?? '');
		const sound = pauseHere === undefined ? soundOf(character, previous, pace.language) : 0;
		seconds += sound + Math.max(0, (pauseHere ?? 0) - pause);
		if (pauseHere !== undefined) pause = Math.max(pause, pauseHere);
		else if (sound > 0 && !isSpace(character)) pause = 0;
	});
	return seconds / pace.speed;
}

/**
 * The pause that a character causes, in seconds at speed 1; `undefined` if it causes none.
 */
function pauseAt(previous: string, character: string, next: string): number | undefined {
	const isInside = LATIN_LETTER_OR_DIGIT.test(previous) && LATIN_LETTER_OR_DIGIT.test(next);
	// The dot in "3.5" and "n8n.io" is spoken; "1,000" and "12:30" have no pause at all.
	if (isInside && character === '.') return SHORT_PAUSE_SECONDS;
	if (isInside && (character === ',' || character === ':')) return 0;
	if (LONG_PAUSE.test(character)) return LONG_PAUSE_SECONDS;
	if (SHORT_PAUSE.test(character)) return SHORT_PAUSE_SECONDS;
	const isDash = character === '-' && !LETTER.test(previous) && !DIGIT.test(previous);
	return isDash ? SHORT_PAUSE_SECONDS : undefined;
}

/** How long a character takes to say, in seconds at speed 1. */
function soundOf(character: string, previous: string, language: VoiceLanguage): number {
	if (isSpace(character)) return isSpace(previous) ? 0 : 1 / LETTERS_PER_SECOND[language];
	if (HAN.test(character)) return 1 / HAN_PER_SECOND[language];
	if (SYLLABLE.test(character)) return 1 / SYLLABLES_PER_SECOND;
	if (LETTER.test(character)) return 1 / LETTERS_PER_SECOND[language];
	if (DIGIT.test(character)) return DIGIT_SECONDS;
	// A row such as "=====" draws a line and is not read aloud.
	return SYMBOL.test(character) && character !== previous ? SYMBOL_SECONDS : 0;
}

function isSpace(character: string): boolean {
	return /^\s$/u.test(character);
}
