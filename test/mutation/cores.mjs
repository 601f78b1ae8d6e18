/**
 * The four cores that mutation testing is for: where a slip costs a user money or a video. Each names
 * the files that are changed on trial, as globs below the root of the repository.
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
