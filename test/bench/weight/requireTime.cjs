'use strict';

// node requireTime.cjs FILE
// Prints how many milliseconds it takes to require the file, in this fresh process.

const start = process.hrtime.bigint();
require(process.argv[2]);
console.log(Number(process.hrtime.bigint() - start) / 1e6);
