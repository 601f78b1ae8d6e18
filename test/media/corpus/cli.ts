import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { PROJECT_FOLDER } from '../../harness/project';
import { runMain } from '../../support/runMain';
import { isFailure } from './judge';
import { runCorpus } from './run';
import { corpusPage, fileTable, sumTable } from './table';

const HELP = `Checks every file of the generated corpus and prints the results and the totals.

  npm run corpus -- [options]

  --write   writes docs/maintainers/media-corpus.md
  --help    this text
`;

const PAGE = path.join(PROJECT_FOLDER, 'docs/maintainers/media-corpus.md');

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			write: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		process.stdout.write(HELP);
		return;
	}
	const judgments = await runCorpus();
	process.stdout.write(`${fileTable(judgments)}\n\n${sumTable(judgments)}\n`);
	if (values.write) writeFileSync(PAGE, corpusPage(judgments));
	if (judgments.some(isFailure)) process.exitCode = 1;
}

runMain(main, 'The corpus could not be generated.');
