import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { PROJECT_FOLDER } from '../../harness/project';
import type { RunOptions } from '../../harness';
import type {
	ServiceCounts,
	ServiceOptions,
	ServiceReply,
	ServiceRequest,
	ServiceStart,
} from './messages';

/** A simulator that runs in a separate process. */
export class Service {
	private constructor(
		private readonly child: ChildProcess,
		readonly at: ServiceStart,
	) {}

	static async start(options: ServiceOptions): Promise<Service> {
		const child = fork(path.join(__dirname, 'host.ts'), {
			cwd: PROJECT_FOLDER,
			execArgv: ['--import', 'tsx'],
		});
		const reply = await ask(child, { kind: 'start', options });
		if (reply.kind !== 'start') throw new Error('The simulator did not start.');
		return new Service(child, reply.start);
	}

	/** Credentials for this node, and for n8n's HTTP Request node. */
	get credentials(): NonNullable<RunOptions['credentials']> {
		const { key, url } = this.at;
		return {
			cometApiKlingApi: { apiKey: key, baseUrl: url },
			httpHeaderAuth: { name: 'Authorization', value: `Bearer ${key}` },
		};
	}

	/** Makes tasks of other users hold this many slots. */
	async holdSlots(count: number): Promise<void> {
		await ask(this.child, { kind: 'holdSlots', count });
	}

	/** Creates this many videos and returns their URLs. */
	async makeVideos(count: number): Promise<string[]> {
		const reply = await ask(this.child, { kind: 'makeVideos', count });
		return reply.kind === 'videos' ? reply.urls : [];
	}

	async counts(): Promise<ServiceCounts> {
		const reply = await ask(this.child, { kind: 'counts' });
		if (reply.kind !== 'counts') throw new Error('The simulator returned no counts.');
		return reply.counts;
	}

	stop(): void {
		this.child.kill();
	}
}

/** Requests go one at a time, because the simulator responds in their order. */
async function ask(child: ChildProcess, request: ServiceRequest): Promise<ServiceReply> {
	const ended = new AbortController();
	const exit = once(child, 'exit', { signal: ended.signal }).then(() => {
		throw new Error("The simulator's process has ended.");
	});
	const reply = new Promise<ServiceReply>((resolve) => child.once('message', resolve));
	child.send(request);
	try {
		return await Promise.race([reply, exit]);
	} finally {
		exit.catch(() => undefined);
		ended.abort();
	}
}
