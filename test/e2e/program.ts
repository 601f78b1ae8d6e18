import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

import { until } from './until';

/** n8n stops within its grace period of 30 seconds; after this time it is killed. */
const STOP_TIMEOUT_MS = 40_000;

/** The Node.js builds for Linux on x64 and arm64. */
const PAGE_BYTES = 4096;

/** A server that runs as a process of the tests. */
export class Program {
	/** Its complete output. */
	log = '';
	private readonly child: ChildProcess;

	/** @param env the environment; the tests' own if left out */
	constructor(command: string, args: string[], env?: Record<string, string>) {
		this.child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
		for (const stream of [this.child.stdout, this.child.stderr]) {
			stream?.on('data', (chunk: Buffer) => (this.log += chunk.toString()));
		}
		this.child.on('error', (error) => (this.log += error.message));
		running.add(this.child);
		this.child.once('exit', () => running.delete(this.child));
	}

	get hasEnded(): boolean {
		const { pid, exitCode, signalCode } = this.child;
		return pid === undefined || exitCode !== null || signalCode !== null;
	}

	/** Memory that it uses, in bytes. */
	memoryBytes(): number {
		const pages = readFileSync(`/proc/${this.child.pid ?? 0}/statm`, 'utf8').split(' ')[1];
		return Number(pages) * PAGE_BYTES;
	}

	/**
	 * Resolves when it accepts connections.
	 *
	 * @throws if it does not, with its output
	 */
	async listens(port: number): Promise<void> {
		await until(async () => this.hasEnded || (await isOpen(port))).catch(() => undefined);
		if (!(await isOpen(port))) throw new Error(`Nothing listens on port ${port}: ${this.log}`);
	}

	/** Stops it, by default as a container host does. */
	async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
		if (this.hasEnded) return;
		const ended = once(this.child, 'exit');
		this.child.kill(signal);
		const killer = setTimeout(() => this.child.kill('SIGKILL'), STOP_TIMEOUT_MS);
		await ended;
		clearTimeout(killer);
	}
}

const running = new Set<ChildProcess>();

// Nothing that was started may outlive the tests, however they end.
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

async function isOpen(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.once('error', () => resolve(false));
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
	});
}
