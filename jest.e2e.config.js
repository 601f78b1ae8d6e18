'use strict';

const base = require('./jest.config.js');

/** A server starts in about 15 seconds, and some tests start three. */
const TEST_TIMEOUT_MS = 240_000;

/** @type {import('jest').Config} */
module.exports = {
	...base,
	roots: ['<rootDir>/test/e2e'],
	testMatch: ['**/*.e2e.ts'],
	testTimeout: TEST_TIMEOUT_MS,
	globalSetup: '<rootDir>/test/e2e/setup/start.ts',
	globalTeardown: '<rootDir>/test/e2e/setup/stop.ts',
	// Run the files one after the other, because n8n alone keeps two cores busy.
	maxWorkers: 1,
};
