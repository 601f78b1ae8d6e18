'use strict';

/**
 * The tests that mutants are run against: those of the core that is mutated, without n8n's engine,
 * servers, ffmpeg and the like. They run thousands of times, so the slow oracles are left out;
 * `npm test` runs everything.
 */
const all = require('../../jest.config.js');

const TESTS_OF_CORE = {
	wait: ['polling/*'],
	ledger: ['purchase/*'],
	parser: ['kling/!(voices|searchVoices)'],
	media: [
		'media/{base64,kind,otherKinds}',
		'media/image/{imageLimits,jpg,png}',
		'media/audio/{audioLimits,frames,mp3Tag,pcmGuess,rawPcm,wav,wavFormats}',
		'media/mp4/*',
	],
};

const { CORE } = process.env;
const tests = CORE ? TESTS_OF_CORE[CORE] : Object.values(TESTS_OF_CORE).flat();

/** @type {import('jest').Config} */
module.exports = {
	...all,
	rootDir: '../..',
	testMatch: tests.map((name) => `<rootDir>/test/${name}.test.ts`),
	// Stryker runs the tests of one mutant after another, in one process.
	maxWorkers: 1,
	moduleNameMapper: { '^fast-check$': '<rootDir>/test/mutation/fewerRuns.js' },
};
