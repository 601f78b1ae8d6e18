import { readFileSync } from 'node:fs';
import path from 'node:path';

import { PROJECT_FOLDER } from '../harness/project';

/** The maximum length of a page in lines, so that people still read it. */
const MAX_LINES: Array<[file: string, maxLines: number]> = [
	['README.md', 200],
	['docs/maintainers/benchmark.md', 80],
	['docs/maintainers/checklist.md', 30],
];

test.each(MAX_LINES)('%s has at most %i lines', (file, maxLines) => {
	const lines = readFileSync(path.join(PROJECT_FOLDER, file), 'utf8').trimEnd().split('\n');
	expect(lines.length).toBeLessThanOrEqual(maxLines);
});
