import { STEPS, type Expectation } from './expectations';
import { MATRIX } from './matrix';

const INTRODUCTION = `# The fault matrix

What the node does when something goes wrong, by fault and by the step that it strikes. Each cell is
a run through n8n's engine against the simulator; \`npm run faults\` runs them all and prints the
table, and the tests assert each cell. Made by \`npm run faults -- --write\`.

- **unharmed**: nothing is noticed.
- **retried**: the request is made again, and the result comes. One task is paid.
- **adopted**: no usable response came, but the task is found by its external ID. One task is paid.
- **stopped**: the node ends with advice; the number is that of the tasks paid. If there is one, the
  error names it, and _Retry execution_ resumes it.
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
