'use strict';

/**
 * Builds dist/ from nodes/ and credentials/: `npm run build`.
 *
 * Every source file becomes one JavaScript file in the same place under dist/, so that stack traces
 * name the file you edit, and module state exists only once. Libraries (devDependencies) are
 * bundled, unminified, into the one file that imports them: the package has no runtime
 * dependencies. The tree is put together in dist.next/ and then swapped in, so that dist/ is never
 * half built.
 */

const fs = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');
const gulp = require('gulp');
const { n8n } = require('./package.json');

const DIST = 'dist';
const STAGE = 'dist.next';
const NOTICES = 'THIRD-PARTY-NOTICES.txt';

/** Files that n8n reads beside the JavaScript: icons, codex, output schemas. */
const ASSETS = ['nodes/**/*.{svg,png}', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'];

/** Modules that n8n provides and allows. Any other import of a Node module fails the build. */
const PROVIDED_BY_HOST = ['n8n-workflow', 'crypto'];

const bundling = {
	bundle: true,
	// Not 'node': that would select library variants that use `fs` or `process`.
	platform: 'neutral',
	mainFields: ['module', 'main'],
	format: 'cjs',
	target: 'node20',
	// Keeps `import()` a `require` at call time: n8n loads nodes as CommonJS.
	supported: { 'dynamic-import': false },
	legalComments: 'inline',
	charset: 'utf8',
	metafile: true,
	write: false,
	logLevel: 'warning',
};

/**
 * The TypeScript files of what package.json#n8n names: `dist/a/B.node.js` comes from `a/B.node.ts`.
 */
function registeredSources() {
	return [...n8n.nodes, ...n8n.credentials].map((file) =>
		path.relative(DIST, file).replace(/\.js$/, '.ts'),
	);
}

/**
 * All files that are needed at run time, found by following the imports: no types, no dead files.
 */
async function runtimeSources() {
	const { metafile } = await esbuild.build({
		...bundling,
		entryPoints: registeredSources(),
		outdir: STAGE,
		packages: 'external',
	});
	return Object.keys(metafile.inputs).filter((file) => file.endsWith('.ts'));
}

/** Leaves imports between our own files as they are; everything else is bundled or external. */
const ownFilesStaySeparate = {
	name: 'own-files-stay-separate',
	setup(build) {
		build.onResolve({ filter: /^\.\.?\// }, ({ path: imported, importer, kind }) => {
			const isOurs =
				kind !== 'entry-point' && !importer.includes(`${path.sep}node_modules${path.sep}`);
			return isOurs && !imported.endsWith('.json') ? { path: imported, external: true } : undefined;
		});
	},
};

/** `node_modules/a/node_modules/@b/c/d.js` belongs to `node_modules/a/node_modules/@b/c`. */
function packageFolder(file) {
	return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

/** The notice of one bundled library; a library without a license text must not be shipped. */
function licenceNotice(folder) {
	const { name, version, license } = JSON.parse(
		fs.readFileSync(path.join(folder, 'package.json'), 'utf8'),
	);
	const licenceFile = fs.readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
	if (!licenceFile) throw new Error(`${name} has no licence file: it cannot be bundled.`);
	const text = fs.readFileSync(path.join(folder, licenceFile), 'utf8').trim();
	return `${name} ${version} (${license})\n\n${text}\n`;
}

async function clean() {
	await fs.promises.rm(STAGE, { recursive: true, force: true });
}

async function bundle() {
	const { outputFiles, metafile } = await esbuild.build({
		...bundling,
		entryPoints: await runtimeSources(),
		outbase: '.',
		outdir: STAGE,
		external: PROVIDED_BY_HOST,
		plugins: [ownFilesStaySeparate],
	});
	for (const file of outputFiles) {
		fs.mkdirSync(path.dirname(file.path), { recursive: true });
		fs.writeFileSync(file.path, file.contents);
	}
	const bundled = Object.values(metafile.outputs).flatMap(({ inputs }) =>
		Object.entries(inputs).flatMap(([file, { bytesInOutput }]) =>
			bytesInOutput > 0 ? (packageFolder(file) ?? []) : [],
		),
	);
	const notices = [...new Set(bundled)].sort().map(licenceNotice);
	if (notices.length > 0) {
		const heading = 'This package contains parts of the following libraries.\n';
		fs.writeFileSync(
			path.join(STAGE, NOTICES),
			[heading, ...notices].join(`\n${'-'.repeat(80)}\n`),
		);
	}
}

function assets() {
	// `encoding: false` copies bytes; as text gulp would damage a PNG.
	return gulp.src(ASSETS, { base: '.', encoding: false }).pipe(gulp.dest(STAGE));
}

async function swap() {
	await fs.promises.rm(DIST, { recursive: true, force: true });
	await fs.promises.rename(STAGE, DIST);
}

async function stamp() {
	const { writeBuildStamp } = await import('./scripts/buildStamp.mjs');
	writeBuildStamp();
}

exports.build = gulp.series(clean, bundle, assets, swap, stamp);
exports.default = exports.build;
