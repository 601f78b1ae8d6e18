import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { isRecord } from '../support/isRecord';
import { ENGINE_VARIABLE, type Reply, type Request } from './messages';
import { PROJECT_FOLDER } from './project';

type Question = Request extends infer One ? (One extends Request ? Omit<One, 'id'> : never) : never;

interface Waiting {
	resolve(reply: Reply): void;
	reject(error: Error): void;
}

/** The connection to the engine's process. */
export class EngineProcess {
	private readonly waiting = new Map<number, Waiting>();
	private lastId = 0;

	constructor(private readonly child: ChildProcess) {
		child.on('message', (reply: Reply) => this.receive(reply));
		child.on('exit', (code) =>
			this.failAll(`The engine's process ended with code ${code ?? '?'}.`),
		);
	}

	get pid(): number | undefined {
		return this.child.pid;
	}

	ask(question: Question): { id: number; reply: Promise<Reply> } {
		const id = ++this.lastId;
		// The child keeps this process alive only while a response is pending.
		this.child.ref();
		this.child.channel?.ref();
		const reply = new Promise<Reply>((resolve, reject) => {
			this.waiting.set(id, { resolve, reject });
		});
		this.tell({ ...question, id });
		return { id, reply };
	}

	tell(request: Request): void {
		this.child.send(request);
	}

	stop(): void {
		this.child.kill();
	}

	private receive(reply: Reply): void {
		const waiting = this.waiting.get(reply.id);
		this.waiting.delete(reply.id);
		if (this.waiting.size === 0) this.rest();
		if (reply.kind === 'failure') waiting?.reject(new Error(reply.message));
		else waiting?.resolve(reply);
	}

	private failAll(message: string): void {
		for (const waiting of this.waiting.values()) waiting.reject(new Error(message));
		this.waiting.clear();
	}

	private rest(): void {
		this.child.unref();
		this.child.channel?.unref();
	}
}

let shared: EngineProcess | undefined;

/** The shared engine process; it starts on first use. */
export function engineProcess(): EngineProcess {
	shared ??= startEngineProcess();
	return shared;
}

/** Whether the engine is not this project's own (`npm run compat`). */
export function runsOtherEngine(): boolean {
	return process.env[ENGINE_VARIABLE] !== undefined;
}

/** Whether the engine is older than a version of `n8n-core`. */
export function engineIsBefore(major: number, minor: number): boolean {
	const root = process.env[ENGINE_VARIABLE] ?? PROJECT_FOLDER;
	const file = path.join(root, 'node_modules/n8n-core/package.json');
	const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
	const version = isRecord(json) ? String(json.version) : '';
	const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number);
	return ownMajor < major || (ownMajor === major && ownMinor < minor);
}

/** Lets the engine's process load n8n from the folder that an environment variable names. */
const OTHER_LINE = ['--require', path.join(PROJECT_FOLDER, 'test/compat/lineHook.cjs')];

/** Starts a separate engine; the caller has to stop it. */
export function startEngineProcess(execArgv: string[] = []): EngineProcess {
	const child = fork(path.join(__dirname, 'host.ts'), {
		cwd: PROJECT_FOLDER,
		execArgv: [...(runsOtherEngine() ? OTHER_LINE : []), '--import', 'tsx', ...execArgv],
		env: { ...process.env, NODE_ENV: 'test', NODE_OPTIONS: '' },
	});
	return new EngineProcess(child);
}
