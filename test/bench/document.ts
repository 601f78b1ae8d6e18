import { readFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import path from 'node:path';

import type { PartResult } from './figures';
import { figuresAsMarkdown } from './report';

/**
 * The page that `npm run bench -- --write` generates: the method, the figures, and their details.
 */
export function benchmarkPage(results: PartResult[]): string {
	const method = readFileSync(path.join(__dirname, 'method.md'), 'utf8').trimEnd();
	const machine = `Measured with Node.js ${process.version} on ${platform()} ${arch()}, ${cpus().length} cores.`;
	const details = results.flatMap(({ title, details: table }) =>
		table === undefined ? [] : [`## ${title}\n\n${table}`],
	);
	return [
		'# The benchmark',
		'Made by `npm run bench -- --write`.',
		'![The benchmark as bars](benchmark.svg)',
		`## Figures\n\n${machine}\n\n${figuresAsMarkdown(results.flatMap(({ figures }) => figures))}`,
		method,
		...details,
	]
		.join('\n\n')
		.concat('\n');
}
