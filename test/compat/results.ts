import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { isRecord } from '../support/isRecord';
import type { Versions } from './lines';
import type { TestCounts } from './runTests';

/** The last run with one engine or one server. */
export interface Result extends TestCounts {
	versions: Versions;
	/** The version of the Node.js that n8n ran on. */
	node: string;
	/** Date of the run, for example 2026-11-26. */
	date: string;
	command: string;
}

/** Results by title, for example `Engine 2.8`. */
export type Results = Record<string, Result>;

const FILE = path.join(__dirname, 'results.json');

/**
 * The results so far.
 *
 * @throws if the file contains anything else
 */
export function readResults(): Results {
	const all: unknown = JSON.parse(readFileSync(FILE, 'utf8'));
	if (!isRecord(all)) throw new Error(`${FILE} cannot be read.`);
	return Object.fromEntries(Object.entries(all).map(([title, result]) => [title, checked(result)]));
}

/** Stores a result; it replaces an older one with the same title. */
export function keepResult(title: string, result: Result): void {
	const all = { ...readResults(), [title]: result };
	writeFileSync(FILE, `${JSON.stringify(all, null, '\t')}\n`);
}

function checked(value: unknown): Result {
	if (!isRecord(value) || !isRecord(value.versions)) throw new Error(`${FILE} cannot be read.`);
	const versions = Object.entries(value.versions).map(([name, version]): [string, string] => [
		name,
		String(version),
	]);
	return {
		versions: Object.fromEntries(versions),
		node: String(value.node),
		passed: Number(value.passed),
		failed: Number(value.failed),
		date: String(value.date),
		command: String(value.command),
	};
}
