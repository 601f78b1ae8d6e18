'use strict';

// node --require lineHook.cjs …, with KLING_ENGINE=FOLDER
// Lets this project's files, including the built package, load n8n from another installation. Files
// in a node_modules folder find their packages as usual.

const Module = require('node:module');
const path = require('node:path');

const projectFolder = path.resolve(__dirname, '../..');
const engineFolder = process.env.KLING_ENGINE;

const OF_N8N = /^(n8n-core|n8n-workflow|n8n-nodes-base|reflect-metadata|@n8n\/[^/]+)(\/|$)/;

function isOwnFile(file) {
	if (!file) return false;
	const inside = path.relative(projectFolder, file);
	return !inside.startsWith('..') && !inside.split(path.sep).includes('node_modules');
}

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, parent, isMain, options) {
	const isMeant = OF_N8N.test(request) && isOwnFile(parent?.filename);
	const places = isMeant ? { ...options, paths: [engineFolder] } : options;
	return resolve.call(this, request, parent, isMain, places);
};
