import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { PROJECT_FOLDER } from '../harness/project';
import { runMain } from '../support/runMain';
import { benchBatches } from './batches/part';
import { benchmarkPage } from './document';
import type { PartResult } from './figures';
import { benchJoin } from './join/part';
import { benchManyTasks } from './manyTasks/part';
import { benchMemory } from './memory/part';
import { plotAsSvg } from './plot';
import { figureAsLine } from './report';
import { benchSchedules } from './schedules/part';
import { benchWeight } from './weight/part';

/** In the order in which they are run; the first is what the page is about. */
const PARTS: Record<string, (() => Promise<PartResult>) | undefined> = {
	batches: benchBatches,
	schedules: benchSchedules,
	memory: benchMemory,
	join: benchJoin,
	tasks: benchManyTasks,
	weight: benchWeight,
};

const HELP = `Compares the node with what people use today, and holds it to its targets.

  npm run bench -- [options]

  --part NAME   runs one part only: ${Object.keys(PARTS).join(', ')}; may be given more than once
  --write       writes docs/benchmark.md and docs/benchmark.svg; all parts are run
  --help        this text

All parts take about ten minutes on a machine that does nothing else. The code ends with 1 where a
target is missed.
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
		if (!run) throw new Error(`There is no part "${name}", only ${Object.keys(PARTS).join(', ')}.`);
		const result = await run();
		results.push(result);
		say(`\n${result.title}\n`);
		for (const figure of result.figures) say(figureAsLine(figure));
		if (result.figures.some(({ verdict }) => verdict === 'missed')) process.exitCode = 1;
	}
	if (values.write) {
		const docs = path.join(PROJECT_FOLDER, 'docs');
		const charts = results.flatMap(({ bars }) => bars ?? []);
		writeFileSync(path.join(docs, 'benchmark.md'), benchmarkPage(results));
		writeFileSync(path.join(docs, 'benchmark.svg'), plotAsSvg(charts));
	}
}

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}

runMain(main, 'The benchmark failed.');
