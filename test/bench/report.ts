import { markdownTable, type Figure } from './figures';

/** The figures as Markdown. */
export function figuresAsMarkdown(figures: Figure[]): string {
	return markdownTable(
		['What', 'Figure', 'Target', 'Verdict'],
		figures.map(({ what, figure, target, verdict }) => [
			what,
			figure,
			target,
			verdict === 'compare' ? '' : verdict,
		]),
	);
}

const WHAT_COLUMNS = 88;
const FIGURE_COLUMNS = 40;
const TARGET_COLUMNS = 20;

/** One figure as a line of text. */
export function figureAsLine({ what, figure, target, verdict }: Figure): string {
	const mark = verdict === 'compare' ? '' : verdict;
	return `${what.padEnd(WHAT_COLUMNS)} ${figure.padEnd(FIGURE_COLUMNS)} ${target.padEnd(TARGET_COLUMNS)} ${mark}`;
}
