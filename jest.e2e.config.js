'use strict';

const base = require('./jest.config.js');

/** Servers start in a quarter of a minute, and some tests start three. */
const TEST_TIMEOUT_MS = 240_000;

/** @type {import('jest').Config} */
module.exports = {
	...base,
	roots: ['<rootDir>/test/e2e'],
	testMatch: ['**/*.e2e.ts'],
	testTimeout: TEST_TIMEOUT_MS,
	globalSetup: '<rootDir>/test/e2e/setup/start.ts',
	globalTeardown: '<rootDir>/test/e2e/setup/stop.ts',
	// One after the other: n8n alone keeps two cores busy.
	maxWorkers: 1,
};
