'use strict';

/**
 * The tests that mutants are run against: those without n8n's engine, servers, ffmpeg and the like.
 * A mutant is run thousands of times, so the slow oracles stay out; `npm test` has them all.
 */
const all = require('../../jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
	...all,
	rootDir: '../..',
	testMatch: ['<rootDir>/test/(kling|media|run|wait|transport|trigger)/**/*.test.ts'],
	testPathIgnorePatterns: [
		// They make their samples with ffmpeg.
		'/test/media/(audio|image|anyBytes|otherFiles)\\.test\\.ts$',
	],
	// Stryker runs the tests of one mutant after the other, in one process.
	maxWorkers: 1,
};
