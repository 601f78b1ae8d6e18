import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

import axios from 'axios';

import { installedServer } from './install';

const READY_TIMEOUT_MS = 120_000;
const LOOK_AGAIN_MS = 250;

/** n8n ends by itself within its own grace period; after this it is killed. */
const STOP_TIMEOUT_MS = 20_000;

/** Of Linux on x64 and arm64. */
const PAGE_BYTES = 4096;

export type N8nCommand = 'start' | 'worker' | 'webhook';

/** One process of n8n. */
export class ServerProcess {
	/** All that it has written. */
	log = '';
	private readonly child: ChildProcess;

	constructor(command: N8nCommand, env: Record<string, string>, args: string[] = []) {
		const { nodeBinary, n8nScript } = installedServer();
		this.child = spawn(nodeBinary, [n8nScript, command, ...args], {
			env: { PATH: process.env.PATH ?? '', HOME: env.N8N_USER_FOLDER ?? '', ...env },
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		for (const stream of [this.child.stdout, this.child.stderr]) {
			stream?.on('data', (chunk: Buffer) => (this.log += chunk.toString()));
		}
		running.add(this);
		this.child.once('exit', () => running.delete(this));
	}

	get pid(): number {
		return this.child.pid ?? 0;
	}

	/** Memory that it holds, in bytes. */
	memoryBytes(): number {
		const pages = readFileSync(`/proc/${this.pid}/statm`, 'utf8').split(' ')[1];
		return Number(pages) * PAGE_BYTES;
	}

	/**
	 * Resolves when n8n is ready to work.
	 *
	 * @throws where it ends before, or takes longer than two minutes
	 */
	async ready(port: number): Promise<void> {
		const deadline = Date.now() + READY_TIMEOUT_MS;
		while (Date.now() < deadline) {
			if (this.child.exitCode !== null) break;
			const url = `http://127.0.0.1:${port}/healthz/readiness`;
			const isReady = await axios.get(url).then(
				() => true,
				() => false,
			);
			if (isReady) return;
			await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
		}
		throw new Error(`n8n did not start:\n${this.log.slice(-3000)}`);
	}

	/** Ends it, by default as a container's host does. */
	async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
		if (this.child.exitCode !== null || this.child.signalCode !== null) return;
		const ended = once(this.child, 'exit');
		this.child.kill(signal);
		const killer = setTimeout(() => this.child.kill('SIGKILL'), STOP_TIMEOUT_MS);
		await ended;
		clearTimeout(killer);
	}
}

const running = new Set<ServerProcess>();

// Nothing that was started may outlive the tests, however they end.
process.on('exit', () => running.forEach((server) => process.kill(server.pid, 'SIGKILL')));
