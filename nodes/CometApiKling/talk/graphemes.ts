/** Tells whether a text may be cut before a UTF-16 index without breaking a character. */
export type IsBoundary = (index: number) => boolean;

/**
 * Finds where a text may be cut: between characters as readers see them (graphemes), so that no
 * surrogate pair, accent, emoji or flag is split.
 *
 * Most positions are between plain characters and need no segmenter. At the first other position,
 * it runs once over the whole text, because a single lookup can take time proportional to a long
 * run of such characters.
 */
export function graphemeBoundaries(text: string): IsBoundary {
	let starts: Uint8Array | undefined;
	return (index) => {
		if (index <= 0 || index >= text.length) return true;
		if (isPlain(text.charCodeAt(index - 1)) && isPlain(text.charCodeAt(index))) return true;
		starts ??= graphemeStarts(text);
		return starts[index] === 1;
	};
}

/** Printable ASCII characters and common Chinese characters never combine with each other. */
function isPlain(unit: number): boolean {
	return (unit >= 0x20 && unit <= 0x7e) || (unit >= 0x4e00 && unit <= 0x9fff);
}

function graphemeStarts(text: string): Uint8Array {
	const starts = new Uint8Array(text.length);
	const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
	for (const { index } of segmenter.segment(text)) starts[index] = 1;
	return starts;
}

/** A range of a text, `start` included and `end` excluded, in UTF-16 units. */
export interface TextRange {
	start: number;
	end: number;
}

/**
 * Removes the whitespace at both ends of a range. A space that carries an accent stays.
 *
 * @param range both ends are boundaries
 * @returns an empty range if there is only whitespace
 */
export function trimRange(text: string, range: TextRange, isBoundary: IsBoundary): TextRange {
	let { start, end } = range;
	while (start < end && isSpace(text.charCodeAt(start))) start++;
	while (start > range.start && !isBoundary(start)) start--;
	while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
	while (end < range.end && !isBoundary(end)) end++;
	return { start, end };
}

function isSpace(unit: number): boolean {
	return /\s/.test(String.fromCharCode(unit));
}
