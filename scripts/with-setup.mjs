/**
 * node scripts/with-setup.mjs COMMAND [ARGUMENTS]
 *
 * Prepares a clone and then runs the command: installs the packages if node_modules does not match
 * package-lock.json, and builds dist/ if the sources changed since the last build. Requires only
 * Node and npm. Arguments, signals and the exit code pass through; its own messages go to stderr.
 */
import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { isBuildFresh } from './buildStamp.mjs';
import { isInstallFresh } from './installState.mjs';
import { withLock } from './lock.mjs';
import { PROJECT_ROOT } from './project.mjs';

const OLDEST_NODE = [20, 19];

const IS_WINDOWS = process.platform === 'win32';

const environment = {
	...process.env,
	PATH: [path.join(PROJECT_ROOT, 'node_modules', '.bin'), process.env.PATH].join(path.delimiter),
};

function say(text) {
	process.stderr.write(`${text}\n`);
}

/**
 * Runs a program with our terminal; resolves with its exit code (128 + signal, as a shell does).
 */
function run(program, parameters, stdio = 'inherit') {
	return new Promise((resolve, reject) => {
		const child = spawn(program, parameters, {
			cwd: PROJECT_ROOT,
			env: environment,
			stdio,
			shell: IS_WINDOWS,
		});
		const forward = (signal) => child.kill(signal);
		process.on('SIGINT', forward).on('SIGTERM', forward);
		child.once('error', reject);
		child.once('exit', (code, signal) => {
			process.off('SIGINT', forward).off('SIGTERM', forward);
			resolve(code ?? 128 + os.constants.signals[signal]);
		});
	});
}

/** Runs a step of the setup; its output goes to stderr, because stdout belongs to the command. */
async function step(announcement, program, parameters) {
	say(announcement);
	const code = await run(program, parameters, ['ignore', 2, 2]);
	if (code !== 0) {
		say(`"${[program, ...parameters].join(' ')}" failed with exit code ${code}.`);
		process.exit(code);
	}
}

function refuseOldNode() {
	const [major, minor] = process.versions.node.split('.').map(Number);
	if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
	say(
		`This project needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`,
	);
	process.exit(1);
}

async function makeReady() {
	if (!isInstallFresh()) {
		await step('Installing packages (once, about two minutes) …', 'npm', [
			'ci',
			'--loglevel=error',
			'--no-audit',
			'--no-fund',
		]);
	}
	if (!isBuildFresh()) await step('Building dist/ …', 'gulp', ['--silent', 'build']);
}

const [command, ...parameters] = process.argv.slice(2);
refuseOldNode();
await withLock(makeReady);
if (command) process.exitCode = await run(command, parameters);
