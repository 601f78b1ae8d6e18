import { execFileSync } from 'node:child_process';
import path from 'node:path';

import { PROJECT_FOLDER } from '../../harness/project';
import { startN8n } from '../n8n/server';
import { SHARED_URL, SHARED_FOLDER, shared } from './shared';

/** Starts the n8n server that most test files share; one start takes about 15 seconds. */
export default async function start(): Promise<void> {
	installPrograms();
	const server = await startN8n();
	shared.server = server;
	process.env[SHARED_URL] = server.url;
	process.env[SHARED_FOLDER] = server.userFolder;
}

/**
 * Installs the browser and the SSH server for the tests if they are missing.
 *
 * @throws if that fails; instructions are on stderr
 */
function installPrograms(): void {
	const script = path.join(PROJECT_FOLDER, 'scripts/aptPackages.mjs');
	execFileSync(process.execPath, [script], { stdio: 'inherit' });
}
