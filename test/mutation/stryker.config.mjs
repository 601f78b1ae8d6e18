/**
 * Mutation tests: `npm run mutation` for all cores, `CORE=parser npm run mutation` for one. Stryker
 * changes the source in small ways, and every change that no test notices is listed. The results are
 * summed up in docs/maintainers/testing.md.
 */
import { CORES } from './cores.mjs';

/** What issue 3 asks of each core, in per cent. */
const LOWEST_SCORE = 85;

const core = process.env.CORE;
if (core !== undefined && !(core in CORES)) {
	throw new Error(`CORE is one of ${Object.keys(CORES).join(', ')}.`);
}

export default {
	mutate: core === undefined ? Object.values(CORES).flat() : CORES[core],
	testRunner: 'jest',
	jest: { configFile: 'test/mutation/jest.config.js' },
	coverageAnalysis: 'perTest',
	// The machine is often shared, and two processes are enough for a run of minutes.
	concurrency: Number(process.env.CONCURRENCY ?? 2),
	// A change that makes a loop endless is found out by this. Tests take a second or two, but on a
	// busy machine several times as long, and a time-out must not pass for a test that noticed.
	timeoutMS: Number(process.env.TIMEOUT_MS ?? 20_000),
	timeoutFactor: Number(process.env.TIMEOUT_FACTOR ?? 4),
	thresholds: { high: 95, low: LOWEST_SCORE, break: LOWEST_SCORE },
	reporters: ['progress-append-only', 'clear-text', 'json'],
	clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
	jsonReporter: { fileName: `out/mutation/${core ?? 'all'}.json` },
	tempDirName: `out/mutation/sandbox-${core ?? 'all'}`,
	// Everything else is of no use to the tests, and some of it is large.
	ignorePatterns: ['out', 'dist', 'dist.next', 'docs', 'examples', 'test/e2e', '.git'],
	// Checks types of the changed code away: a mutant may break them.
	disableTypeChecks: 'nodes/**/*.ts',
	ignoreStatic: false,
};
