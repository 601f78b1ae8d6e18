import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { PROJECT_FOLDER } from '../harness/project';
import { isRecord } from '../support/isRecord';

/** The test counts of a run. */
export interface TestCounts {
	passed: number;
	failed: number;
}

const JEST = path.join(PROJECT_FOLDER, 'node_modules/jest/bin/jest.js');

/**
 * Runs jest in a separate process, with its output on stderr.
 *
 * @throws if it ends without a report, or found no tests
 */
export async function runTests(args: string[], env: Record<string, string>): Promise<TestCounts> {
	const folder = mkdtempSync(path.join(tmpdir(), 'kling-compat-'));
	const report = path.join(folder, 'report.json');
	try {
		const child = spawn(process.execPath, [JEST, ...args, '--json', `--outputFile=${report}`], {
			cwd: PROJECT_FOLDER,
			env: { ...process.env, ...env },
			stdio: ['ignore', 'ignore', 'inherit'],
		});
		await once(child, 'exit');
		if (!existsSync(report)) throw new Error('jest ended without a report.');
		return countsIn(JSON.parse(readFileSync(report, 'utf8')));
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** A file that could not be loaded counts as one failed test. */
function countsIn(report: unknown): TestCounts {
	if (!isRecord(report)) throw new Error('The jest report cannot be read.');
	const passed = Number(report.numPassedTests);
	const failed = Number(report.numFailedTests) + Number(report.numRuntimeErrorTestSuites);
	if (!(passed + failed > 0)) throw new Error('jest found no tests.');
	return { passed, failed };
}
