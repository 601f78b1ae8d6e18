import type { VoiceLanguage } from '../kling/voices';

/** The segmenter treats the dot of these as the end of a sentence; `J.` is an initial. */
const ABBREVIATION = /(?:^|[\s(])(?:Dr|Mr|Mrs|Ms|Prof|St|No|vs|approx|e\.g|i\.e|[A-Z])\.[ \t]*$/;

/** Quotes and brackets that open the next sentence, at the end of a sentence. */
const OPENING_AT_END = /[\p{Ps}\p{Pi}\s]*[\p{Ps}\p{Pi}]$/u;

/** How far to search back for either of the two. */
const TAIL_LENGTH = 40;

/**
 * Finds where sentences end, in order, in UTF-16 units; the last one is the length of the text. The
 * whitespace after a sentence belongs to it.
 *
 * `Intl.Segmenter` does the work, and three of its habits are corrected: it ends a sentence after
 * "Dr.", at a line break within a sentence, and after the quote that opens the next one.
 */
export function sentenceEnds(text: string, language: VoiceLanguage): number[] {
	const ends: number[] = [];
	const segmenter = new Intl.Segmenter(language, { granularity: 'sentence' });
	for (const { index, segment } of segmenter.segment(text)) {
		const end = index + segment.length;
		const tail = segment.slice(-TAIL_LENGTH);
		const next = text.slice(end, end + TAIL_LENGTH);
		if (end === text.length) ends.push(end);
		else if (!ABBREVIATION.test(tail) && !isWrappedLine(tail, next)) {
			const sentenceEnd = end - (OPENING_AT_END.exec(tail)?.[0].length ?? 0);
			if (sentenceEnd > (ends.at(-1) ?? 0)) ends.push(sentenceEnd);
		}
	}
	return ends;
}

/** Whether a line was only wrapped: a single line break before a lowercase word. */
function isWrappedLine(tail: string, next: string): boolean {
	return /[^\s.!?…:;。！？][ \t]*\r?\n$/.test(tail) && /^[ \t]*\p{Ll}/u.test(next);
}
