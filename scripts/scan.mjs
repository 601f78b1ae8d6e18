/**
 * npm run scan: runs n8n's scanner on the source and on the packed tarball.
 *
 * `npx @n8n/scan-community-package` only scans a published version. This runs the same analysis on
 * unpublished code, and treats warnings as failures, too.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
	SOURCE_FILE_PATTERNS,
	analyzePackage,
	buildScanConfig,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { ESLint } from 'eslint';
import { PROJECT_ROOT } from './project.mjs';

/** The file types that the scanner supports; in a tarball, it scans JavaScript and package.json. */
const TARBALL_FILE_PATTERNS = ['**/*.js', '**/*.ts', '**/*.json'];

/** Packs the built package and unpacks it in `folder`, as the scanner does with a published one. */
function unpackTarball(folder) {
	const [{ filename }] = JSON.parse(
		execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
			cwd: PROJECT_ROOT,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'inherit'],
			shell: process.platform === 'win32',
		}),
	);
	execFileSync('tar', ['-xzf', filename], { cwd: folder });
	return path.join(folder, 'package');
}

/**
 * The scanner only returns pass or fail; running the same configuration ourselves gives the counts.
 */
async function countMessages(folder, patterns) {
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		// A tarball normally contains no TypeScript.
		errorOnUnmatchedPattern: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
	});
	const results = await eslint.lintFiles(patterns);
	const sum = (key) => results.reduce((total, result) => total + result[key], 0);
	const { format } = await eslint.loadFormatter('stylish');
	return {
		files: results.length,
		errors: sum('errorCount'),
		warnings: sum('warningCount'),
		text: await format(results),
	};
}

/** Scans one target, prints the findings and returns whether there are no errors and warnings. */
async function scan(leg, folder, patterns) {
	const verdict = await analyzePackage(folder, patterns);
	const { files, errors, warnings, text } = await countMessages(folder, patterns);
	const isClean = verdict.passed && errors + warnings === 0;
	console.log(
		`${isClean ? 'passed' : 'FAILED'}  ${leg}: ${files} files, ${errors} errors, ${warnings} warnings`,
	);
	if (!isClean) console.log(text || verdict.message);
	return isClean;
}

const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'kling-scan-'));
try {
	const isSourceClean = await scan('source', PROJECT_ROOT, SOURCE_FILE_PATTERNS);
	const isTarballClean = await scan('tarball', unpackTarball(temporary), TARBALL_FILE_PATTERNS);
	process.exitCode = isSourceClean && isTarballClean ? 0 : 1;
} finally {
	fs.rmSync(temporary, { recursive: true, force: true });
}
