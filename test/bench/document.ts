import { readFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import path from 'node:path';

import type { Figure, PartResult } from './figures';
import { figuresAsMarkdown } from './report';

/** The file with all figures; the page itself contains only the most important ones. */
const DATA_FILE = 'benchmark-data.md';

/** The part whose table shows the baselines, too. */
const TABLE_ON_PAGE = 'Batches';

/** The part with so many figures that the page only counts them. */
const COUNTED_ON_PAGE = 'Schedules';

/**
 * The page that `npm run bench -- --write` writes: the figures with a target, batches and method.
 */
export function benchmarkPage(results: PartResult[]): string {
	const method = readFileSync(path.join(__dirname, 'method.md'), 'utf8').trimEnd();
	const figures = results.flatMap((result) =>
		result.title === COUNTED_ON_PAGE
			? [countVerdicts(result)]
			: result.figures.filter(({ verdict }) => verdict !== 'compare'),
	);
	const batches = results.find(({ title }) => title === TABLE_ON_PAGE)?.details;
	return page([
		'# Benchmark',
		`This page shows how fast and how light the node is, compared with other ways to do the same job. \`npm run bench -- --write\` writes this page; all figures are in [${DATA_FILE}](${DATA_FILE}).`,
		'![Bar charts of the benchmark](benchmark.svg)',
		`## Figures\n\n${machine()}\n\n${figuresAsMarkdown(figures)}`,
		...(batches === undefined ? [] : [`## Batches\n\n${batches}`]),
		method,
	]);
}

/** All figures, and the tables that they were calculated from. */
export function benchmarkData(results: PartResult[]): string {
	return page([
		'# Benchmark data',
		`This page lists all figures of the [benchmark](benchmark.md). \`npm run bench -- --write\` writes this page. ${machine()}`,
		...results.flatMap(({ title, figures, details }) => [
			`## ${title}\n\n${figuresAsMarkdown(figures)}`,
			...(details === undefined || title === TABLE_ON_PAGE ? [] : [details]),
		]),
	]);
}

function countVerdicts({ title, figures }: PartResult): Figure {
	const count = (wanted: Figure['verdict']): number =>
		figures.filter(({ verdict }) => verdict === wanted).length;
	const missed = count('missed');
	return {
		what: `${title}: targets for lag and requests that are met, see [the data](${DATA_FILE}#${title.toLowerCase()})`,
		figure: `${count('met')}; ${missed} missed, ${count('out of reach')} out of reach`,
		target: String(figures.length),
		verdict: missed === 0 ? 'met' : 'missed',
	};
}

function machine(): string {
	return `Measured with Node.js ${process.version} on ${platform()} ${arch()}, ${cpus().length} cores.`;
}

function page(blocks: string[]): string {
	return blocks.join('\n\n').concat('\n');
}
