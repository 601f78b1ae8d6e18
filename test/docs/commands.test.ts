import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import packageJson from '../../package.json';
import { PROJECT_FOLDER } from '../harness/project';
import { documentFiles, readDocument } from './markdown';

const runFile = promisify(execFile);

/** Scripts with their own options, which therefore have a help text. */
const WITH_HELP = Object.entries(packageJson.scripts)
	.filter(([, script]) => script.includes(' tsx '))
	.map(([name]) => name);

/** A command that a document tells the reader to type, in a sentence or in a block. */
function commandsIn(file: string): string[] {
	const { codes, blocks } = readDocument(file);
	const shell = blocks.filter(({ language }) => language === 'sh').map(({ text }) => text);
	return [...codes, ...shell].flatMap((text) => text.match(/npm (test|run [\w:-]+)/g) ?? []);
}

/** @returns its output; throws if the exit code is not 0 */
async function npm(...args: string[]): Promise<string> {
	const { stdout } = await runFile('npm', args, {
		cwd: PROJECT_FOLDER,
		shell: process.platform === 'win32',
	});
	return stdout;
}

test.each(documentFiles())('%s: every npm command exists', (file) => {
	const scripts = Object.keys(packageJson.scripts);
	const named = commandsIn(file).map((command) => command.replace(/^npm (run )?/, ''));
	expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
});

test('CONTRIBUTING names every npm command', () => {
	const named = commandsIn('CONTRIBUTING.md').map((command) => command.replace(/^npm (run )?/, ''));
	expect(Object.keys(packageJson.scripts).filter((name) => !named.includes(name))).toEqual([]);
});

test('files that documents tell readers to run exist and are executable', () => {
	const files = documentFiles().flatMap((file) =>
		readDocument(file).codes.filter((code) => code === '.ci/run'),
	);
	expect(files.length).toBeGreaterThan(0);
	const mode = statSync(path.join(PROJECT_FOLDER, '.ci/run')).mode;
	expect(mode & 0o100).toBeTruthy();
});

test.each(WITH_HELP)('npm run %s has a help text with its name', async (name) => {
	expect(await npm('run', '-s', name, '--', '--help')).toContain(`npm run ${name}`);
});

test('npm run demo prints the path, size and length of a video', async () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'kling-demo-'));
	try {
		const said = await npm('run', '-s', 'demo', '--', '--out', folder);
		const video = /^Video: +(.+)$/m.exec(said)?.[1] ?? '';
		expect(path.dirname(video)).toBe(folder);
		expect(existsSync(video)).toBe(true);
		expect(said).toMatch(/^Size: +\d+ kB, h264 and aac$/m);
		expect(said).toMatch(/^Length: +\d+\.\d s$/m);
	} finally {
		rmSync(folder, { recursive: true });
	}
});
