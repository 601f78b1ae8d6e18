import axios from 'axios';

import { Program } from '../program';
import { installedServer } from './install';

/** A start takes ten seconds, or minutes on a busy machine. */
const READY_TIMEOUT_MS = 240_000;
const LOOK_AGAIN_MS = 250;

export type N8nCommand = 'start' | 'worker' | 'webhook';

/** One n8n process. */
export class ServerProcess extends Program {
	constructor(command: N8nCommand, env: Record<string, string>, args: string[] = []) {
		const { nodeBinary, n8nScript } = installedServer();
		super(nodeBinary, [n8nScript, command, ...args], {
			PATH: process.env.PATH ?? '',
			HOME: env.N8N_USER_FOLDER ?? '',
			...env,
		});
	}

	/**
	 * Resolves when n8n is ready to work.
	 *
	 * @throws if it ends before that, or takes longer than four minutes
	 */
	async ready(port: number): Promise<void> {
		const deadline = Date.now() + READY_TIMEOUT_MS;
		while (Date.now() < deadline && !this.hasEnded) {
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
}
