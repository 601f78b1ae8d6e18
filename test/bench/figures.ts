/** What a figure is worth. */
export type Verdict =
	| 'met'
	| 'missed'
	/** The best that anything could do, measured beside it, misses the target too. */
	| 'out of reach'
	/** There is no target: it stands beside others to compare. */
	| 'compare';

/** One line of the benchmark's table. */
export interface Figure {
	what: string;
	figure: string;
	target: string;
	verdict: Verdict;
}

/** What one part of the benchmark found. */
export interface PartResult {
	title: string;
	figures: Figure[];
	/** A table in Markdown with what the figures are made of. */
	details?: string;
	/** Pairs of a name and a number for the plot. */
	bars?: Bars;
}

export interface Bars {
	title: string;
	unit: string;
	names: string[];
	series: Array<{ name: string; values: number[] }>;
}

export function atMost(what: string, value: number, limit: number, unit: string): Figure {
	return {
		what,
		figure: withUnit(value, unit),
		target: `at most ${withUnit(limit, unit)}`,
		verdict: value <= limit ? 'met' : 'missed',
	};
}

export function compare(what: string, value: number, unit: string): Figure {
	return { what, figure: withUnit(value, unit), target: '', verdict: 'compare' };
}

/** Three digits are more than the measurements hold. */
function withUnit(value: number, unit: string): string {
	const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
	return `${value.toFixed(digits)}${unit === '' ? '' : ` ${unit}`}`;
}

/** A table in Markdown. */
export function markdownTable(head: string[], rows: string[][]): string {
	const lines = [head, head.map(() => '---'), ...rows];
	return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
