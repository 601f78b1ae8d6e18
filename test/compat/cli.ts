import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { PROJECT_FOLDER } from '../harness/project';
import { runMain } from '../support/runMain';
import { keepResult, readResults } from './results';
import { allRuns, type CompatRun } from './runs';
import { runTests } from './runTests';
import { pageOf } from './table';

const HELP = `Runs the tests with older and newer versions of n8n. Missing versions are installed outside of the
clone, which takes several minutes and up to 3 GB per server.

  npm run compat -- [options] ["NAME" …]

  NAME      what to run, for example "Engine 2.8"; if left out, everything runs
  --list    prints the available names
  --write   updates docs/compatibility.md
  --help    prints this text
`;

const PAGE = path.join(PROJECT_FOLDER, 'docs/compatibility.md');

async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			list: { type: 'boolean', default: false },
			write: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return;
	}
	const runs = allRuns();
	if (values.list) {
		process.stdout.write(runs.map(({ title }) => `${title}\n`).join(''));
		return;
	}
	for (const run of chosen(runs, positionals)) {
		const { title, versions, node, command } = run;
		const counts = await runTests(run.args, run.env());
		process.stdout.write(`${title}: ${counts.passed} tests passed, ${counts.failed} failed\n`);
		if (counts.failed > 0) process.exitCode = 1;
		if (!values.write) continue;
		const date = new Date().toISOString().slice(0, 'YYYY-MM-DD'.length);
		keepResult(title, { versions, node, ...counts, date, command });
		const titles = runs.map((one) => one.title);
		writeFileSync(PAGE, pageOf(titles, readResults()));
	}
}

function chosen(runs: CompatRun[], titles: string[]): CompatRun[] {
	const unknown = titles.find((title) => !runs.some((run) => run.title === title));
	if (unknown !== undefined)
		throw new Error(`Unknown name "${unknown}". Use --list to print the available names.`);
	return titles.length === 0 ? runs : runs.filter(({ title }) => titles.includes(title));
}

runMain(main, 'The tests could not run.');
