import { parseArgs } from 'node:util';

import { runMain } from './runMain';

/** A command that prints results and, with `--write`, updates a page of the documentation. */
export interface PageCommand {
	help: string;
	/** Printed if an error has no message. */
	whatFailed: string;
	/** Does the work; `write` says whether to update the page. */
	run(write: boolean): Promise<void>;
}

/** Runs such a command with the arguments of the process. */
export function runPageCommand({ help, whatFailed, run }: PageCommand): void {
	runMain(async () => {
		const { values } = parseArgs({
			options: {
				write: { type: 'boolean', default: false },
				help: { type: 'boolean', default: false },
			},
		});
		if (values.help) process.stdout.write(help);
		else await run(values.write);
	}, whatFailed);
}
