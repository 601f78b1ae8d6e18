import type { VoiceLanguage } from '../kling/voices';
import { graphemeBoundaries, trimRange, type IsBoundary, type TextRange } from './graphemes';
import { sentenceEnds } from './sentences';

/** The kinds of places after which a text is cut, from the best to the last resort. */
export type CutKind = 'paragraph' | 'sentence' | 'clause' | 'word' | 'grapheme' | 'codePoint';

/** A piece of a text that is not cut any further, without the whitespace around it. */
export interface Piece extends TextRange {
	/** The kind of boundary after this piece. */
	cut: CutKind;
}

type EndFinder = (text: string, language: VoiceLanguage, isBoundary: IsBoundary) => number[];

/** The ways to cut; each one is applied to the pieces that the previous one leaves too long. */
const LEVELS: ReadonlyArray<{ cut: CutKind; ends: EndFinder }> = [
	{ cut: 'sentence', ends: sentenceEnds },
	{ cut: 'clause', ends: clauseEnds },
	{ cut: 'word', ends: wordEnds },
	{ cut: 'grapheme', ends: graphemeEnds },
	{ cut: 'codePoint', ends: codePointEnds },
];

/** A mark within a sentence, with the quotes, brackets and whitespace that follow it. */
const CLAUSE_END =
	/(?:[,;:](?=["'\p{Pf}\p{Pe}]*\s)|(?<=\s)-(?=\s)|[，、；：。！？…—–])["'\p{Pf}\p{Pe}]*\s*/gu;

/** Scripts that do not separate words with spaces. */
const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
const UNSPACED_AT_START = new RegExp(`^[${UNSPACED}]`, 'u');
const UNSPACED_AT_END = new RegExp(`[${UNSPACED}]$`, 'u');

/** A word or an opening quote, but not the punctuation that belongs to the word before. */
const OPENS = /^[\p{L}\p{N}\p{S}\p{Ps}\p{Pi}]/u;
const OPENING_AT_END = /[\p{Ps}\p{Pi}]$/u;

/**
 * Cuts a text into sentences, and those that are too long into clauses, words and finally
 * characters as readers see them. It cuts between code points only if such a character is itself
 * too long. The pieces are in order and contain everything but the whitespace between them.
 *
 * @param isTooLong called for each piece and the kind of cut that produced it
 */
export function cutIntoPieces(
	text: string,
	language: VoiceLanguage,
	isTooLong: (piece: string, cut: CutKind) => boolean,
): Piece[] {
	const isBoundary = graphemeBoundaries(text);
	const pieces: Piece[] = [];

	const cutRange = (range: TextRange, levelIndex: number): void => {
		const level = LEVELS[levelIndex];
		if (!level) return;
		const isAllowed: IsBoundary = (index) => isBoundary(range.start + index);
		const ends = level.ends(text.slice(range.start, range.end), language, isAllowed);
		let start = range.start;
		for (const length of ends) {
			const end = range.start + length;
			if (level.cut !== 'codePoint' && !isBoundary(end)) continue;
			const trimmed = trimRange(text, { start, end }, isBoundary);
			start = end;
			if (trimmed.start === trimmed.end) continue;
			const isLast = levelIndex === LEVELS.length - 1;
			if (isLast || !isTooLong(text.slice(trimmed.start, trimmed.end), level.cut)) {
				pieces.push({ ...trimmed, cut: level.cut });
			} else {
				cutRange(trimmed, levelIndex + 1);
				const last = pieces.at(-1);
				if (last) last.cut = level.cut;
			}
		}
	};
	cutRange({ start: 0, end: text.length }, 0);

	pieces.forEach((piece, index) => {
		const gap = text.slice(piece.end, pieces[index + 1]?.start);
		if (hasBlankLine(gap)) piece.cut = 'paragraph';
	});
	return pieces;
}

function clauseEnds(text: string): number[] {
	const ends = Array.from(text.matchAll(CLAUSE_END), (match) => match.index + match[0].length);
	if (ends.at(-1) !== text.length) ends.push(text.length);
	return ends;
}

function wordEnds(text: string, language: VoiceLanguage): number[] {
	const ends: number[] = [];
	let previous = '';
	const segmenter = new Intl.Segmenter(language, { granularity: 'word' });
	for (const { index, segment } of segmenter.segment(text)) {
		if (canPart(previous, segment)) ends.push(index);
		previous = segment;
	}
	return [...ends, text.length];
}

/** Whether a line may end between two segments. */
function canPart(previous: string, next: string): boolean {
	if (previous === '') return false;
	if (/\s$/.test(previous)) return !/^\s/.test(next);
	const isUnspaced = UNSPACED_AT_END.test(previous) || UNSPACED_AT_START.test(next);
	return isUnspaced && OPENS.test(next) && !OPENING_AT_END.test(previous);
}

function graphemeEnds(text: string, _language: VoiceLanguage, isBoundary: IsBoundary): number[] {
	const ends: number[] = [];
	for (let end = 1; end <= text.length; end++) if (isBoundary(end)) ends.push(end);
	return ends;
}

function codePointEnds(text: string): number[] {
	let end = 0;
	return Array.from(text, (character) => (end += character.length));
}

/** @param gap only whitespace */
function hasBlankLine(gap: string): boolean {
	return gap.includes('\u2029') || /[\n\r]\s*[\n\r]/.test(gap.replace(/\r\n/g, '\n'));
}
