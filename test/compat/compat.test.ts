import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { ENGINE_VARIABLE } from '../harness/messages';
import { PROJECT_FOLDER } from '../harness/project';
import { readResults } from './results';
import { allRuns } from './runs';
import { pageOf } from './table';

const runs = allRuns();
const results = readResults();

test('tests engines and servers from before and after n8n could abort a sleep (2.34)', () => {
	expect(runs.map(({ title }) => title)).toEqual([
		...['Engine 1.99', 'Engine 1.123', 'Engine 2.0', 'Engine 2.8', 'Engine 2.40', 'Engine 2.41'],
		...['Server 2.33', 'Server 2.41'],
	]);
});

test.each(runs)('$title ran with the versions of its recipe, and nothing failed', (run) => {
	expect(results[run.title]).toMatchObject({ versions: run.versions, failed: 0 });
	expect(results[run.title]?.passed).toBeGreaterThan(0);
});

test('docs/compatibility.md matches the results', () => {
	const page = readFileSync(path.join(PROJECT_FOLDER, 'docs/compatibility.md'), 'utf8');
	const titles = runs.map(({ title }) => title);
	expect(page).toBe(pageOf(titles, results));
});

test('everything that the package imports from n8n-workflow exists in all its versions', () => {
	const folder = path.join(PROJECT_FOLDER, 'dist');
	const files = readdirSync(folder, { recursive: true }).map(String);
	const names = files
		.filter((file) => file.endsWith('.js'))
		.flatMap((file) => [
			...readFileSync(path.join(folder, file), 'utf8').matchAll(/import_n8n_workflow\.(\w+)/g),
		])
		.map((match) => match[1]);
	expect([...new Set(names)].sort()).toEqual(['NodeApiError', 'NodeOperationError', 'sleep']);
});

describe('the hook that loads another engine', () => {
	let engine: string;

	beforeAll(() => {
		engine = mkdtempSync(path.join(tmpdir(), 'kling-engine-'));
		for (const name of ['n8n-core', '@n8n/di', 'axios']) {
			const folder = path.join(engine, 'node_modules', name);
			mkdirSync(folder, { recursive: true });
			writeFileSync(path.join(folder, 'index.js'), '');
		}
	});
	afterAll(() => rmSync(engine, { recursive: true }));

	/** The folder in which a file of the project would find a package. */
	function found(packageName: string, from: string): string {
		const script = `console.log(require('node:module').createRequire(${JSON.stringify(path.join(PROJECT_FOLDER, from))}).resolve('${packageName}'))`;
		const hook = path.join(__dirname, 'lineHook.cjs');
		const env = { ...process.env, NODE_OPTIONS: '', [ENGINE_VARIABLE]: engine };
		return execFileSync(process.execPath, ['--require', hook, '-e', script], {
			env,
			encoding: 'utf8',
		}).trim();
	}

	it.each([
		['n8n-core', 'test/harness/host.ts'],
		['n8n-core', 'dist/nodes/x.js'],
		['@n8n/di', 'test/harness/host.ts'],
	])("loads %s from there for the project's %s", (name, from) => {
		expect(found(name, from).startsWith(engine)).toBe(true);
	});

	it.each([
		['axios', 'test/harness/host.ts'],
		['n8n-core', 'node_modules/n8n-nodes-base/index.js'],
	])('does not load %s from there for %s', (name, from) => {
		expect(found(name, from).startsWith(path.join(PROJECT_FOLDER, 'node_modules'))).toBe(true);
	});
});
