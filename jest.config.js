'use strict';

/**
 * Libraries that ship ES modules only: jest cannot load them until they are turned into CommonJS.
 */
const esmOnlyPackages = [
	'p-limit',
	'yocto-queue',
	'image-dimensions',
	'music-metadata',
	'strtok3',
	'token-types',
	'file-type',
	'uint8array-extras',
	'media-typer',
	'content-type',
	'github-slugger',
	'marked',
	'win-guid',
	'@borewit/text-codec',
	'@tokenizer/.+',
];

/** A test may start a server or create a video. A hung test ends well before the whole run. */
const TEST_TIMEOUT_MS = 60_000;

/** @type {import('jest').Config} */
module.exports = {
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	testEnvironment: 'node',
	testTimeout: TEST_TIMEOUT_MS,
	// Engine tests hold 300 MB each and mostly wait for tasks, so three workers keep two cores busy.
	maxWorkers: 3,
	transform: {
		'^.+\\.[cm]?[jt]s$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
				module: { type: 'commonjs' },
				sourceMaps: 'inline',
			},
		],
	},
	transformIgnorePatterns: [`/node_modules/(?!(?:${esmOnlyPackages.join('|')})/)`],
};
