'use strict';

// node loadInstalled.cjs PACKAGE_FOLDER
// Loads the package as n8n's loader does (class name = file name) and all its other files, and
// prints the resulting classes and the external modules that its files required.

const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

const packageFolder = fs.realpathSync(process.argv[2]);
const { n8n, main } = require(path.join(packageFolder, 'package.json'));
const required = new Set();

const load = Module._load;
Module._load = function (request, parent, ...rest) {
	const isOurs = parent?.filename?.startsWith(packageFolder + path.sep);
	if (isOurs && !request.startsWith('.')) required.add(request);
	return load.call(this, request, parent, ...rest);
};

const classes = [...n8n.nodes, ...n8n.credentials].map((file) => {
	const className = path.basename(file).split('.')[0];
	const loaded = new (require(path.join(packageFolder, file))[className])();
	return { file, className: loaded.constructor.name, name: (loaded.description ?? loaded).name };
});

require(path.join(packageFolder, main));
for (const file of fs.readdirSync(path.join(packageFolder, 'dist'), { recursive: true })) {
	// Include files that are loaded only on demand.
	if (file.endsWith('.js')) require(path.join(packageFolder, 'dist', file));
}

console.log(JSON.stringify({ classes, required: [...required].sort() }));
