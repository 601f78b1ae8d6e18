import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

const CACHE = path.join(homedir(), '.cache/n8n-nodes-cometapi-kling');

/** Packages that tests need in other versions than this project uses. */
export interface Recipe {
	/** Folder of their package.json and package-lock.json. */
	folder: string;
	/** Prefix for the name of the folder in which they are installed. */
	name: string;
	/** The message to print before an installation. */
	announcement: string;
	/** What to do after `npm ci`, if anything. */
	finish?(installed: string): void;
}

/**
 * Installs a recipe outside of the clone on first use, and keeps it for all clones with that
 * lockfile.
 *
 * @returns the folder that contains its node_modules
 * @throws if npm fails; the next call tries again
 */
export function lockedInstall({ folder, name, announcement, finish }: Recipe): string {
	const lock = readFileSync(path.join(folder, 'package-lock.json'));
	const version = createHash('sha256').update(lock).digest('hex').slice(0, 12);
	const installed = path.join(CACHE, `${name}-${version}`);
	const done = path.join(installed, 'installed');
	if (existsSync(done)) return installed;
	process.stderr.write(`${announcement}\n`);
	rmSync(installed, { recursive: true, force: true });
	mkdirSync(installed, { recursive: true });
	for (const file of ['package.json', 'package-lock.json']) {
		copyFileSync(path.join(folder, file), path.join(installed, file));
	}
	npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], installed);
	finish?.(installed);
	writeFileSync(done, '');
	return installed;
}

/** Runs npm with its output on stderr. */
export function npm(args: string[], cwd: string, env: Record<string, string> = {}): void {
	execFileSync('npm', args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 2, 2] });
}
