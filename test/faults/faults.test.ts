import { readFileSync } from 'node:fs';
import path from 'node:path';

import { PROJECT_FOLDER } from '../harness/project';
import { STEPS } from './expectations';
import { MATRIX } from './matrix';
import { runAllCells, type NamedCell } from './runAll';
import { matrixAsMarkdown } from './table';

const ALL_CELLS_MS = 400_000;

let cells: NamedCell[] = [];

beforeAll(async () => {
	cells = runAllCells();
	await Promise.allSettled(cells.map(async (cell) => await cell.done));
}, ALL_CELLS_MS);

const names = MATRIX.flatMap((row) => STEPS.map((step) => `${row.fault} / ${step}`));

test.each(names)('%s', async (name) => {
	const result = await cells.find((cell) => cell.name === name)?.done;
	expect(result?.complaints).toEqual([]);
	expect(result?.paid).toBeLessThanOrEqual(1);
});

test('docs/maintainers/fault-matrix.md is generated from the matrix', () => {
	const file = path.join(PROJECT_FOLDER, 'docs/maintainers/fault-matrix.md');
	expect(readFileSync(file, 'utf8')).toBe(matrixAsMarkdown());
});
