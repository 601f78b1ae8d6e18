import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { PROJECT_FOLDER } from '../harness/project';
import { runPageCommand } from '../support/pageCommand';
import { STEPS } from './expectations';
import { runAllCells } from './runAll';
import { inWords, matrixAsMarkdown } from './table';

const HELP = `Injects every fault into every step of the node and prints the results.

  npm run faults -- [options]

  --write   writes docs/maintainers/fault-matrix.md
  --help    prints this text
`;

const FAULT_COLUMNS = 36;
const STEP_COLUMNS = 18;

async function run(write: boolean): Promise<void> {
	if (write) {
		writeFileSync(
			path.join(PROJECT_FOLDER, 'docs/maintainers/fault-matrix.md'),
			matrixAsMarkdown(),
		);
	}
	process.stdout.write(`${'fault'.padEnd(FAULT_COLUMNS)}${STEPS.map(inColumn).join('')}`);
	for (const { row, step, done } of runAllCells()) {
		const { complaints } = await done;
		if (step === STEPS[0]) process.stdout.write(`\n${row.fault.padEnd(FAULT_COLUMNS)}`);
		const words = inWords(row.at[step]).replace(/:.*/, '');
		process.stdout.write(inColumn(complaints.length === 0 ? words : 'FAILED'));
		for (const complaint of complaints) process.stdout.write(`\n    ${complaint}\n`);
		if (complaints.length > 0) process.exitCode = 1;
	}
	process.stdout.write('\n');
}

function inColumn(text: string): string {
	return text.padEnd(STEP_COLUMNS);
}

runPageCommand({ help: HELP, whatFailed: 'The faults could not be tested.', run });
