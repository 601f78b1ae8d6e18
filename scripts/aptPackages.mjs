/**
 * node scripts/aptPackages.mjs
 *
 * Installs the Debian packages that the server tests need, if they are missing: a browser for the
 * editor, and an SSH server for SFTP. It starts no service; the tests run the programs themselves.
 * Its own messages go to stderr.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { withLock } from './lock.mjs';

/** Each package with a program that shows whether it is installed. */
const PACKAGES = [
	{ name: 'chromium', program: '/usr/bin/chromium' },
	{ name: 'openssh-server', program: '/usr/sbin/sshd' },
];

const APT = '/usr/bin/apt-get';

/**
 * Another program may be installing packages; a machine's own daily upgrade takes a few minutes.
 */
const LOCK_TIMEOUT_SECONDS = 300;

const missingPackages = () => PACKAGES.filter(({ program }) => !fs.existsSync(program));

function say(text) {
	process.stderr.write(`${text}\n`);
}

function apt(...parameters) {
	const { status, error } = spawnSync(
		APT,
		['-q', '-o', `DPkg::Lock::Timeout=${LOCK_TIMEOUT_SECONDS}`, ...parameters],
		{
			// RUNLEVEL 1 keeps the package scripts from starting a service.
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
			stdio: ['ignore', 2, 2],
		},
	);
	if (status === 0) return;
	throw new Error(`"apt-get ${parameters.join(' ')}" failed: ${error?.message ?? status}`);
}

function installMissing() {
	const missing = missingPackages();
	if (missing.length === 0) return;
	const names = missing.map(({ name }) => name);
	const manual = `The server tests need these programs: ${missing.map(({ program }) => program).join(', ')}.`;
	if (!fs.existsSync(APT)) {
		throw new Error(`${manual} This machine has no apt-get, so install them manually.`);
	}
	if (process.getuid?.() !== 0) {
		throw new Error(`${manual} As root, run: apt-get install ${names.join(' ')}`);
	}
	say(`Installing ${names.join(' and ')} with apt (once, about a minute) …`);
	apt('update');
	apt('install', '--yes', '--no-install-recommends', ...names);
	const lacking = missingPackages();
	if (lacking.length > 0) {
		throw new Error(`apt-get did not install ${lacking.map(({ program }) => program).join(', ')}.`);
	}
}

try {
	await withLock(installMissing);
} catch (error) {
	say(error.message);
	process.exitCode = 1;
}
