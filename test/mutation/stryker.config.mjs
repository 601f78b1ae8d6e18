/**
 * Mutation tests: `npm run mutation` for all cores, `CORE=parser npm run mutation` for one. Stryker
 * changes the source in small ways and lists every change that no test detects.
 * docs/maintainers/testing.md has the latest figures.
 */
import { CORES } from './cores.mjs';

/** In percent. docs/maintainers/testing.md has the scores; none of them may drop below this. */
const LOWEST_SCORE = 90;

const core = process.env.CORE;
if (core !== undefined && !(core in CORES)) {
	throw new Error(`CORE must be one of ${Object.keys(CORES).join(', ')}.`);
}

export default {
	mutate: core === undefined ? Object.values(CORES).flat() : CORES[core],
	testRunner: 'jest',
	jest: { configFile: 'test/mutation/jest.config.js' },
	coverageAnalysis: 'perTest',
	// The machine is often shared, and two processes are enough for a run of a few minutes.
	concurrency: Number(process.env.CONCURRENCY ?? 2),
	// A timeout detects a change that causes an endless loop. Tests take a second or two, but several
	// times as long on a busy machine, and a timeout must not count as a test that detected the
	// change.
	timeoutMS: Number(process.env.TIMEOUT_MS ?? 20_000),
	timeoutFactor: Number(process.env.TIMEOUT_FACTOR ?? 4),
	thresholds: { high: 95, low: LOWEST_SCORE, break: LOWEST_SCORE },
	reporters: ['progress-append-only', 'clear-text', 'json'],
	clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
	jsonReporter: { fileName: `out/mutation/${core ?? 'all'}.json` },
	tempDirName: `out/mutation/sandbox-${core ?? 'all'}`,
	// The tests need nothing else, and some of it is large.
	ignorePatterns: ['out', 'dist', 'dist.next', 'docs', 'examples', 'test/e2e', '.git'],
	// Disables type checks of the changed code, since a mutant may break them.
	disableTypeChecks: 'nodes/**/*.ts',
	ignoreStatic: false,
};
