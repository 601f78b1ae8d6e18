import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isRecord } from '../support/isRecord';

const PROJECT_ROOT = path.resolve(__dirname, '../..');
const IS_WINDOWS = process.platform === 'win32';

/** The report of `npm pack` about the tarball: paths inside the package, sizes in bytes. */
export type Tarball = { file: string; paths: string[]; packedBytes: number };

function npm(parameters: string[], cwd: string): string {
	return execFileSync('npm', parameters, {
		cwd,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'pipe'],
		shell: IS_WINDOWS,
	});
}

/** An empty folder outside of the project, so that no node_modules above it is used. */
export function emptyFolder(): string {
	return realpathSync(mkdtempSync(path.join(tmpdir(), 'kling-package-')));
}

/**
 * Packs the built package into `folder`.
 *
 * @throws if npm's report does not have the shape that it has had since npm 7
 */
export function pack(folder: string): Tarball {
	const report: unknown = JSON.parse(
		npm(['pack', '--ignore-scripts', '--json', '--pack-destination', folder], PROJECT_ROOT),
	);
	const entry: unknown = Array.isArray(report) ? report[0] : undefined;
	if (
		!isRecord(entry) ||
		typeof entry.filename !== 'string' ||
		typeof entry.size !== 'number' ||
		!Array.isArray(entry.files)
	) {
		throw new Error(`npm pack returned an unknown report: ${JSON.stringify(report)}`);
	}
	const paths = entry.files.map((file: unknown) =>
		isRecord(file) && typeof file.path === 'string' ? file.path : '?',
	);
	return { file: path.join(folder, entry.filename), paths, packedBytes: entry.size };
}

/**
 * Installs the tarball into `folder`, with only this project's n8n-workflow beside it.
 *
 * @returns the folder of the installed package
 */
export function install(tarball: string, folder: string): string {
	// --offline: a runtime dependency would have to be downloaded, which makes the installation fail.
	// --legacy-peer-deps: the peer is added manually; npm would download it with all of its
	// dependencies.
	const flags = ['--offline', '--legacy-peer-deps', '--no-audit', '--no-fund', '--prefix', folder];
	npm(['install', ...flags, tarball], folder);
	symlinkSync(
		path.join(PROJECT_ROOT, 'node_modules', 'n8n-workflow'),
		path.join(folder, 'node_modules', 'n8n-workflow'),
		'junction',
	);
	return path.join(folder, 'node_modules', 'n8n-nodes-cometapi-kling');
}

/** The exports of one file in package.json#n8n, as a separate process sees them. */
export type LoadedClass = { file: string; className: string; name: string };

/** @throws if a file cannot be loaded or its class is not named as n8n expects */
export function loadInChildProcess(packageFolder: string): {
	classes: LoadedClass[];
	required: string[];
} {
	// Neither jest's options nor a module path of the machine may affect it.
	const env = { ...process.env, NODE_PATH: '', NODE_OPTIONS: '' };
	const output = execFileSync(
		process.execPath,
		[path.join(__dirname, 'loadInstalled.cjs'), packageFolder],
		{ cwd: packageFolder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
	);
	const report: unknown = JSON.parse(output);
	if (!isRecord(report) || !Array.isArray(report.classes) || !Array.isArray(report.required)) {
		throw new Error(`The loading process returned unknown output: ${output}`);
	}
	return {
		classes: report.classes.map((entry: unknown) => ({
			file: textOf(entry, 'file'),
			className: textOf(entry, 'className'),
			name: textOf(entry, 'name'),
		})),
		required: report.required.map(String),
	};
}

function textOf(value: unknown, key: string): string {
	return isRecord(value) ? String(value[key]) : '';
}
