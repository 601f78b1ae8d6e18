'use strict';

/** fast-check with fewer runs of each property, since the first few detect a broken mutant. */
const fastCheck = require('../../node_modules/fast-check/lib/cjs/fast-check.js');

const RUNS = 60;

function assert(property, parameters) {
	const numRuns = Math.min(RUNS, parameters?.numRuns ?? RUNS);
	return fastCheck.assert(property, { ...parameters, numRuns });
}

module.exports = { __esModule: true, ...fastCheck, default: { ...fastCheck.default, assert } };
