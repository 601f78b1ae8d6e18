import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PROJECT_ROOT } from './project.mjs';

/** Short enough that nobody notices the delay, long enough to use no CPU. */
const LOOK_AGAIN_MS = 200;

/** Each clone has one lock, outside of it because node_modules may not exist yet. */
const LOCK_FILE = path.join(
	os.tmpdir(),
	`cometapi-kling-${createHash('sha256').update(PROJECT_ROOT).digest('hex').slice(0, 16)}.lock`,
);

function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM means that the process exists but belongs to another user.
		return error.code === 'EPERM';
	}
}

/** Creates `file` with our process ID, unless it exists already; returns whether it did. */
function tryToTake(file) {
	// A link appears with its contents or not at all, so that no process reads an incomplete file.
	const mine = `${file}.${process.pid}`;
	fs.writeFileSync(mine, String(process.pid));
	try {
		fs.linkSync(mine, file);
		return true;
	} catch (error) {
		if (error.code !== 'EEXIST') throw error;
		return false;
	} finally {
		fs.rmSync(mine);
	}
}

/** The process that holds the lock; undefined if none does. */
function readOwner() {
	try {
		return Number(fs.readFileSync(LOCK_FILE, 'utf8'));
	} catch (error) {
		if (error.code === 'ENOENT') return undefined;
		throw error;
	}
}

function removeIfAbandoned() {
	const owner = readOwner();
	if (owner === undefined || isAlive(owner)) return;
	// Several processes may notice that the owner is dead. Only one at a time checks again and
	// removes the lock, so that none removes a lock that another has acquired in the meantime.
	const permit = `${LOCK_FILE}.${owner}.dead`;
	if (!tryToTake(permit)) return;
	if (readOwner() === owner) fs.rmSync(LOCK_FILE);
	fs.rmSync(permit);
}

/** Runs `work` while no other process on this machine does so in the same clone. */
export async function withLock(work) {
	while (!tryToTake(LOCK_FILE)) {
		removeIfAbandoned();
		await sleep(LOOK_AGAIN_MS);
	}
	const giveBack = () => fs.rmSync(LOCK_FILE, { force: true });
	process.once('exit', giveBack);
	try {
		return await work();
	} finally {
		giveBack();
		process.off('exit', giveBack);
	}
}
