/**
 * The four cores for mutation testing, in which a fault costs a user money or a video. Each names
 * its source files, as globs relative to the root of the repository.
 */
const SOURCE = 'nodes/CometApiKling';

export const CORES = {
	wait: [
		`${SOURCE}/polling/**/*.ts`,
		`!${SOURCE}/polling/time/clock.ts`,
		`!${SOURCE}/polling/limits/requestLimits.ts`,
	],
	ledger: [`${SOURCE}/purchase/ledger/*.ts`, `${SOURCE}/purchase/submit/*.ts`],
	parser: [
		`${SOURCE}/kling/response/*.ts`,
		`${SOURCE}/kling/{json,task}.ts`,
		`${SOURCE}/kling/errors/faults.ts`,
	],
	media: [`${SOURCE}/media/**/*.ts`, `!${SOURCE}/media/join/**/*.ts`],
};
