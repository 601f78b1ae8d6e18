import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { PROJECT_FOLDER } from '../../harness/project';
import { runPageCommand } from '../../support/pageCommand';
import { isFailure } from './judge';
import { runCorpus } from './run';
import { corpusPage, fileTable, sumTable } from './table';

const HELP = `Checks every file of the generated corpus and prints the results and the totals.

  npm run corpus -- [options]

  --write   writes docs/maintainers/media-corpus.md
  --help    prints this text
`;

const PAGE = path.join(PROJECT_FOLDER, 'docs/maintainers/media-corpus.md');

async function run(write: boolean): Promise<void> {
	const judgments = await runCorpus();
	process.stdout.write(`${fileTable(judgments)}\n\n${sumTable(judgments)}\n`);
	if (write) writeFileSync(PAGE, corpusPage(judgments));
	if (judgments.some(isFailure)) process.exitCode = 1;
}

runPageCommand({ help: HELP, whatFailed: 'The corpus could not be generated.', run });
