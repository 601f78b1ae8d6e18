import { readFileSync } from 'node:fs';
import path from 'node:path';

import { PROJECT_FOLDER } from '../../harness/project';
import { isFailure, type Judgment } from './judge';
import { runCorpus } from './run';
import { corpusPage } from './table';

/** Issue 10 requires this many files. */
const MIN_FILES = 150;

/** An idle machine takes seconds; a busy one takes minutes. */
const MAKING_TIMEOUT_MS = 400_000;

let judgments: Judgment[] = [];

beforeAll(async () => {
	judgments = await runCorpus();
}, MAKING_TIMEOUT_MS);

test('the corpus has at least 150 files with unique names', () => {
	expect(judgments.length).toBeGreaterThanOrEqual(MIN_FILES);
	const names = judgments.map(({ file }) => `${file.format}: ${file.checkedAs}: ${file.name}`);
	expect(new Set(names).size).toBe(names.length);
});

test('every file is accepted with the length or size of ffmpeg, or rejected for the right reason', () => {
	const failures = judgments.filter(isFailure).map(({ file, outcome, ours, theirs }) => ({
		file: `${file.format}: ${file.name}`,
		outcome,
		ours,
		theirs,
	}));
	expect(failures).toEqual([]);
});

test('docs/maintainers/media-corpus.md has the current totals: npm run corpus -- --write', () => {
	const page = readFileSync(path.join(PROJECT_FOLDER, 'docs/maintainers/media-corpus.md'), 'utf8');
	expect(page).toBe(corpusPage(judgments));
});
