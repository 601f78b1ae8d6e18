import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';

import { runWorkflow, type RunOptions, type RunResult } from '../harness';
import { EngineProcess } from '../harness/engineProcess';
import { SPEED_VARIABLE } from '../harness/messages';
import { NODES_VARIABLE } from '../harness/nodeTypes';
import { PROJECT_FOLDER } from '../harness/project';

export interface EngineOptions {
	/** How many seconds pass per second. */
	speed?: number;
	/** Options of Node.js, for example a module to load first. */
	execArgv?: string[];
}

/** n8n's engine in a separate process, with the baselines' nodes in addition to this package's. */
export class BenchEngine {
	readonly child: ChildProcess;
	private readonly engine: EngineProcess;

	constructor({ speed = 1, execArgv = [] }: EngineOptions = {}) {
		this.child = fork(path.join(PROJECT_FOLDER, 'test/harness/host.ts'), {
			cwd: PROJECT_FOLDER,
			execArgv: ['--import', 'tsx', ...execArgv],
			env: {
				...process.env,
				NODE_ENV: 'test',
				NODE_OPTIONS: '',
				[SPEED_VARIABLE]: String(speed),
				[NODES_VARIABLE]: path.join(__dirname, 'batches/baselinePackage'),
			},
		});
		this.engine = new EngineProcess(this.child);
	}

	get pid(): number {
		if (this.child.pid === undefined) throw new Error("The engine's process did not start.");
		return this.child.pid;
	}

	/** @throws if the workflow does not succeed */
	async run(options: RunOptions): Promise<RunResult> {
		const result = await this.runAnyhow(options);
		if (result.error) {
			throw new Error(`${result.error.message}. ${result.error.description ?? ''}`);
		}
		return result;
	}

	/** Runs a workflow that may end with an error. */
	async runAnyhow(options: RunOptions): Promise<RunResult> {
		return await runWorkflow(options, this.engine);
	}

	stop(): void {
		this.engine.stop();
	}
}
