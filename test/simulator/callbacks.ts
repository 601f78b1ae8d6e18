import { request, type ClientRequest } from 'node:http';

import { callbackBody } from './callbackBody';
import { writeJson } from './gateway';
import type { SimulatorOptions } from './options';
import type { SimulatedTask } from './types';

/**
 * Callbacks without a response are aborted after this time, which is enough for a receiver on a
 * busy test machine.
 */
const CALLBACK_TIMEOUT_MS = 30_000;

/** The only hosts that a test may call. */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A callback that was due. */
export interface SentCallback {
	atMs: number;
	url: string;
	body: unknown;
	/** The receiver's response; 0 if there is none yet, or if no one was called. */
	status: number;
}

/** Tells receivers of each change of a task (docs/maintainers/service-notes.md#callbacks). */
export class Callbacks {
	readonly sent: SentCallback[] = [];
	private readonly open = new Set<ClientRequest>();

	/**
	 * @param options what callbacks look like, and how often each is sent: receivers must handle
	 * repeats
	 */
	constructor(private readonly options: SimulatorOptions) {}

	/**
	 * Reports the current state of the task; a callback to a host other than this machine is only
	 * recorded.
	 */
	send(url: string, task: SimulatedTask): void {
		const body = callbackBody(task, this.options);
		const { callbackTimes = 1 } = this.options;
		for (let time = 0; time < callbackTimes; time++) this.post(url, body);
	}

	/** Aborts pending callbacks. */
	close(): void {
		for (const call of this.open) call.destroy();
		this.open.clear();
	}

	private post(url: string, body: unknown): void {
		const callback: SentCallback = { atMs: Date.now(), url, body, status: 0 };
		this.sent.push(callback);
		const address = URL.canParse(url) ? new URL(url) : undefined;
		if (address?.protocol !== 'http:' || !LOOPBACK.has(address.hostname)) return;
		const call = request(address, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			timeout: CALLBACK_TIMEOUT_MS,
			agent: false,
		});
		this.open.add(call);
		call.on('response', (response) => {
			callback.status = response.statusCode ?? 0;
			response.resume();
		});
		call.on('timeout', () => call.destroy());
		// If the receiver cannot be reached, the callback is lost, as with the real service.
		call.on('error', () => call.destroy());
		call.on('close', () => this.open.delete(call));
		call.end(writeJson(body, this.options));
	}
}
