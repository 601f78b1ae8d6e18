/** Whether a figure meets its target. */
export type Verdict =
	| 'met'
	| 'missed'
	/** The best possible result, measured alongside, misses the target too. */
	| 'out of reach'
	/** There is no target: the figure is only for comparison. */
	| 'compare';

/** One line of the benchmark's table. */
export interface Figure {
	what: string;
	figure: string;
	target: string;
	verdict: Verdict;
}

/** The results of one part of the benchmark. */
export interface PartResult {
	title: string;
	figures: Figure[];
	/** A table in Markdown with the details of the figures. */
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

/** The measurements are not accurate to more than three digits. */
function withUnit(value: number, unit: string): string {
	const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
	return `${value.toFixed(digits)}${unit === '' ? '' : ` ${unit}`}`;
}

/** A table in Markdown. */
export function markdownTable(head: string[], rows: string[][]): string {
	const lines = [head, head.map(() => '---'), ...rows];
	return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
