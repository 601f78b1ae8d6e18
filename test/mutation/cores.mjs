/**
 * The four cores for mutation testing, in which a fault costs a user money or a video. Each names
 * its source files, as globs relative to the root of the repository.
 */
const SOURCE = 'nodes/CometApiKling';

export const CORES = {
	wait: [`${SOURCE}/polling/*.ts`, `!${SOURCE}/polling/{clock,requestLimits}.ts`],
	ledger: [`${SOURCE}/purchase/ledger.ts`, `${SOURCE}/purchase/submit.ts`],
	parser: ['parseResponse', 'task', 'statuses', 'faults', 'callback', 'json'].map(
		(name) => `${SOURCE}/kling/${name}.ts`,
	),
	media: [`${SOURCE}/media/**/*.ts`],
};
