import type { CutKind } from './pieces';

/** The usual width of a subtitle line; a Chinese character counts as two, so 21 fit on a line. */
export const MAX_LINE_COLUMNS = 42;

/** A word of a caption, or part of one that is wider than a line. */
export interface CaptionWord {
	text: string;
	columns: number;
	/** Whether a space separates it from the next one. */
	hasSpaceAfter: boolean;
	/** The kind of boundary after this word. */
	cut: CutKind;
}

/** How much shorter a line may be, in columns, if it then ends at a clause boundary. */
const CLAUSE_BONUS_COLUMNS = 12;

/** Characters as wide as two columns. */
const WIDE =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}\p{Regional_Indicator}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;

/** How wide a text is, in columns. Accents count, too, so a line never has more code points. */
export function columnsOf(text: string): number {
	let columns = 0;
	for (const character of text) columns += WIDE.test(character) ? 2 : 1;
	return columns;
}

/**
 * For each word, the index after the last word of a line that starts with it. A word that is wider
 * than a line gets its own line.
 */
export function lineEnds(words: readonly CaptionWord[]): number[] {
	let end = 0;
	let columns = 0;
	return words.map((word, start) => {
		if (end === start) {
			columns = word.columns;
			end++;
		}
		for (let next = words[end]; next; next = words[end]) {
			const wider = columns + spaceAfter(words[end - 1]) + next.columns;
			if (wider > MAX_LINE_COLUMNS) break;
			columns = wider;
			end++;
		}
		columns -= word.columns + spaceAfter(word);
		return end;
	});
}

/** Breaks a caption into one line, or two of about the same width, or as many as it needs. */
export function breakLines(words: readonly CaptionWord[]): string[] {
	const ends = lineEnds(words);
	const firstEnd = ends[0] ?? 0;
	if (firstEnd === words.length) return [lineText(words)];
	if (ends[firstEnd] === words.length) {
		const index = evenBreak(words, firstEnd);
		return [lineText(words.slice(0, index)), lineText(words.slice(index))];
	}
	const lines: string[] = [];
	for (let start = 0; start < words.length; start = ends[start] ?? words.length) {
		lines.push(lineText(words.slice(start, ends[start])));
	}
	return lines;
}

/**
 * The line break that makes the two lines most similar in width.
 *
 * @param latest the highest index at which the second line may start
 */
function evenBreak(words: readonly CaptionWord[], latest: number): number {
	let best = latest;
	let least = Infinity;
	for (let index = latest; index > 0; index--) {
		const first = columnsOfLine(words.slice(0, index));
		const second = columnsOfLine(words.slice(index));
		if (second > MAX_LINE_COLUMNS) break;
		const cut = words[index - 1]?.cut;
		const bonus = cut === 'word' || cut === 'grapheme' ? 0 : CLAUSE_BONUS_COLUMNS;
		const unevenness = Math.abs(first - second) - bonus;
		if (unevenness >= least) continue;
		least = unevenness;
		best = index;
	}
	return best;
}

function columnsOfLine(words: readonly CaptionWord[]): number {
	const columns = words.reduce((sum, word) => sum + word.columns + spaceAfter(word), 0);
	return columns - spaceAfter(words.at(-1));
}

function lineText(words: readonly CaptionWord[]): string {
	return words
		.map(({ text, hasSpaceAfter }) => (hasSpaceAfter ? `${text} ` : text))
		.join('')
		.trimEnd();
}

function spaceAfter(word: CaptionWord | undefined): number {
	return word?.hasSpaceAfter ? 1 : 0;
}
