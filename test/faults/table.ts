import { STEPS, type Expectation } from './expectations';
import { MATRIX } from './matrix';

const INTRODUCTION = `# Fault matrix

This page shows what the node does if something fails, by fault and by the step that it affects. Each cell is a run through n8n's
engine against the simulator. \`npm run faults\` runs all of them and prints this table, the tests check each cell, and
\`npm run faults -- --write\` writes this page.

- **unharmed**: the fault has no effect.
- **retried**: the request is repeated and succeeds. One task is created.
- **adopted**: there was no usable response, but the task is found by its external ID. One task is created.
- **stopped**: the node fails with instructions. The number says how many tasks were charged; the error contains their
  IDs, and retrying the execution resumes them.
`;

/** The matrix as Markdown. */
export function matrixAsMarkdown(): string {
	const head = `| Fault | ${STEPS.join(' | ')} |\n| --- |${' --- |'.repeat(STEPS.length)}`;
	const rows = MATRIX.map(
		(row) => `| ${row.fault} | ${STEPS.map((step) => inWords(row.at[step])).join(' | ')} |`,
	);
	return `${INTRODUCTION}\n${head}\n${rows.join('\n')}\n`;
}

export function inWords(expected: Expectation): string {
	switch (expected.end) {
		case 'stopped':
			return `stopped, ${expected.paid} paid`;
		case 'cannot occur':
			return `cannot occur: ${expected.why}`;
		default:
			return expected.end;
	}
}
