import pLimit from 'p-limit';

import { SPEED_VARIABLE } from '../harness/messages';
import { STEPS, type Row, type Step } from './expectations';
import { MATRIX } from './matrix';
import { runCell, type Cell } from './runCell';

/** Timeouts of three minutes take nine seconds here. */
const SPEED = 20;

/** Most cells wait, so this many at a time keep two cores busy. */
const CELLS_AT_ONCE = 6;

export interface NamedCell {
	row: Row;
	step: Step;
	name: string;
	done: Promise<Cell>;
}

/** Starts all cells of the matrix, a few at a time, in an engine with accelerated time. */
export function runAllCells(): NamedCell[] {
	process.env[SPEED_VARIABLE] = String(SPEED);
	const limit = pLimit(CELLS_AT_ONCE);
	return MATRIX.flatMap((row) =>
		STEPS.map((step) => ({
			row,
			step,
			name: `${row.fault} / ${step}`,
			done: limit(async () => await runCell(row.kind, step, row.at[step])),
		})),
	);
}
