import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { PROJECT_FOLDER } from '../harness/project';
import { runMain } from '../support/runMain';
import { benchBatches } from './batches/part';
import { benchmarkData, benchmarkPage } from './document';
import type { PartResult } from './figures';
import { benchJoin } from './join/part';
import { benchManyTasks } from './manyTasks/part';
import { benchMemory } from './memory/part';
import { plotAsSvg } from './plot';
import { figureAsLine } from './report';
import { benchSchedules } from './schedules/part';
import { benchTalks } from './talks/part';
import { benchWeight } from './weight/part';

/** The parts in the order in which they run; the page is mainly about the first one. */
const PARTS: Record<string, (() => Promise<PartResult>) | undefined> = {
	batches: benchBatches,
	talks: benchTalks,
	schedules: benchSchedules,
	memory: benchMemory,
	join: benchJoin,
	tasks: benchManyTasks,
	weight: benchWeight,
};

const HELP = `Benchmarks the node against common alternatives and checks the targets.

  npm run bench -- [options]

  --part NAME   runs only this part: ${Object.keys(PARTS).join(', ')}; can be repeated
  --write       runs all parts and writes the pages and the plot in docs/maintainers
  --help        prints this text

All parts take about ten minutes on an idle machine. Exits with code 1 if a target is missed.
`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			part: { type: 'string', multiple: true },
			write: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		say(HELP);
		return;
	}
	const names = values.write ? Object.keys(PARTS) : (values.part ?? Object.keys(PARTS));
	const results: PartResult[] = [];
	for (const name of names) {
		const run = PARTS[name];
		if (!run)
			throw new Error(`Unknown part "${name}". The parts are: ${Object.keys(PARTS).join(', ')}.`);
		const result = await run();
		results.push(result);
		say(`\n${result.title}\n`);
		for (const figure of result.figures) say(figureAsLine(figure));
		if (result.figures.some(({ verdict }) => verdict === 'missed')) process.exitCode = 1;
	}
	if (values.write) {
		const folder = path.join(PROJECT_FOLDER, 'docs/maintainers');
		const charts = results.flatMap(({ bars }) => bars ?? []);
		writeFileSync(path.join(folder, 'benchmark.md'), benchmarkPage(results));
		writeFileSync(path.join(folder, 'benchmark-data.md'), benchmarkData(results));
		writeFileSync(path.join(folder, 'benchmark.svg'), plotAsSvg(charts));
	}
}

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}

runMain(main, 'The benchmark failed.');
