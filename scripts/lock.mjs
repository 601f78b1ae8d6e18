import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PROJECT_ROOT } from './project.mjs';

/** Short enough that nobody notices the wait, long enough to cost nothing. */
const LOOK_AGAIN_MS = 200;

/** One lock for each clone, outside of it: node_modules may not exist yet. */
const LOCK_FILE = path.join(
	os.tmpdir(),
	`cometapi-kling-${createHash('sha256').update(PROJECT_ROOT).digest('hex').slice(0, 16)}.lock`,
);

function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: it lives, but belongs to somebody else.
		return error.code === 'EPERM';
	}
}

/** Makes `file`, holding our process id, unless it is there already; tells whether it did. */
function tryToTake(file) {
	// A link appears with its contents or not at all, so that nobody reads a half-written owner.
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

/** The process that holds the lock; undefined if nobody does. */
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
	// Several may see the dead owner. One of them at a time looks again and removes the lock, so
	// that none removes the lock which another has taken in the meantime.
	const permit = `${LOCK_FILE}.${owner}.dead`;
	if (!tryToTake(permit)) return;
	if (readOwner() === owner) fs.rmSync(LOCK_FILE);
	fs.rmSync(permit);
}

/** Runs `work` while no other process of this machine does so in the same clone. */
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
