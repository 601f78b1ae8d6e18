import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { PROJECT_FOLDER } from '../harness/project';
import { isRecord } from '../support/isRecord';
import { lockedInstall } from '../support/lockedInstall';

/** Versions by package. */
export type Versions = Record<string, string>;

/** An older version of n8n whose engine the package is tested with. */
export interface Line {
	/** For example `2.8`: the name of its folder, next to this file. */
	name: string;
	versions: Versions;
}

const SERVERS = path.join(PROJECT_FOLDER, 'test/e2e');

/** The older engines that have a recipe here, the oldest first. */
export function engineLines(): Line[] {
	return foldersIn(__dirname).map((name) => ({
		name,
		versions: versionsIn(path.join(__dirname, name), 'dependencies'),
	}));
}

/**
 * The engine that all tests use: the newest that can be installed
 * (docs/maintainers/n8n-notes.md#versions-that-install).
 */
export function currentEngine(): Versions {
	return versionsIn(PROJECT_FOLDER, 'devDependencies');
}

/** The servers that test/e2e has recipes for; the last one, with an empty name, is the default. */
export function serverLines(): Line[] {
	return foldersIn(SERVERS)
		.filter((folder) => /^server(-|$)/.test(folder))
		.reverse()
		.map((folder) => ({
			name: folder.replace(/^server-?/, ''),
			versions: versionsIn(path.join(SERVERS, folder), 'dependencies'),
		}));
}

/**
 * The folder of an engine; it is installed on first use, which takes one or two minutes.
 *
 * @throws if npm cannot install it
 */
export function installedEngine({ name }: Line): string {
	return lockedInstall({
		folder: path.join(__dirname, name),
		name: 'engine',
		announcement: `Installing the engine of n8n ${name} (once, about two minutes) …`,
	});
}

function foldersIn(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map((entry) => entry.name)
		.sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
}

function versionsIn(folder: string, kind: 'dependencies' | 'devDependencies'): Versions {
	const json: unknown = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
	const found = isRecord(json) && isRecord(json[kind]) ? json[kind] : {};
	return Object.fromEntries(
		Object.entries(found).map(([name, version]) => [name, String(version)]),
	);
}
