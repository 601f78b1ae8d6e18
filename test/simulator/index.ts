import type { IncomingMessage, ServerResponse } from 'node:http';

import { Api } from './api';
import { Callbacks, type SentCallback } from './callbacks';
import { Creation } from './creation';
import { FaultQueue } from './faultQueue';
import { FileHost } from './fileHost';
import { Studio } from './filming';
import { Listener } from './listener';
import { recordedBody, startRecord } from './recorder';
import { sampleResult } from './results';
import { TaskStore } from './taskStore';
import type { SimulatorOptions } from './options';
import type { Fault, RecordedRequest, SimulatedTask } from './types';
import { NO_RESPONSE, readText, sendFault, strikesAfterTask } from './wire';

export type { SentCallback } from './callbacks';
export type {
	Envelope,
	Fault,
	FaultKind,
	RecordedRequest,
	RouteName,
	SimulatedTask,
	SimulatorEvent,
} from './types';
export type { SimulatorOptions } from './options';

/** The default key of the simulator; it looks like a real one. */
export const SIMULATOR_KEY = 'sk-simulator0123456789abcdefghijklmnopqrstuvwxyz0123';

export interface Simulator {
	/** Base URL of the API. */
	url: string;
	/** URL of a folder of samples: `${mediaUrl}/face.jpg`, `/voice.mp3`, … */
	mediaUrl: string;
	key: string;
	requests: RecordedRequest[];
	readonly tasks: SimulatedTask[];
	/** All callbacks that were due, including those to other machines, which are not sent. */
	readonly callbacks: SentCallback[];
	/** Changes the options from now on; port and keys stay the same. */
	configure(options: SimulatorOptions): void;
	inject(fault: Fault): void;
	/** How many tasks were created, speech included; each costs money. */
	paidTasks(): number;
	/** Makes tasks of other users hold this many slots. */
	holdSlots(count: number): void;
	/** Ends the tasks of other users. */
	releaseSlots(): void;
	/**
	 * Adds a task that does not progress by itself; if the result is left out, it consists of
	 * samples.
	 */
	plantTask(
		path: string,
		status: string,
		result?: Record<string, unknown>,
		externalTaskId?: string,
	): SimulatedTask;
	/** Sets any status text; a finished task stays as it is. */
	setStatus(taskId: string, status: string, message?: string): void;
	/** Completes a task ahead of its time; resolves when its result is ready. */
	finish(taskId: string): Promise<void>;
	/** Makes a task fail. */
	fail(taskId: string, message: string): void;
	/** Makes a task unknown to the API. */
	forget(taskId: string): void;
	/** Refuses connections for some time. */
	goAway(milliseconds: number): Promise<void>;
	/** Forgets requests, tasks, callbacks and faults; running tasks are dropped silently. */
	reset(): void;
	stop(): Promise<void>;
}

/**
 * Starts a simulated CometAPI on this machine that behaves as described in
 * docs/maintainers/service-notes.md.
 */
export async function startSimulator(initial: SimulatorOptions = {}): Promise<Simulator> {
	const options: SimulatorOptions = { ...initial };
	const keys = initial.apiKeys ?? [SIMULATOR_KEY];
	const requests: RecordedRequest[] = [];
	let origin = '';
	let isStopped = false;
	const faults = new FaultQueue();
	const studio = new Studio();
	const callbacks = new Callbacks(options);
	const store = new TaskStore(callbacks, (event) => options.onEvent?.(event));
	const files = new FileHost(options, () => origin);
	const creation = new Creation({ studio, files, options }, store);
	const api = new Api({ options, keys, store, faults, creation });

	async function serveFile(
		request: IncomingMessage,
		response: ServerResponse,
		record: RecordedRequest,
	): Promise<void> {
		record.route = record.path.startsWith('/files/') ? 'download' : 'media';
		const fault = faults.next(record.route);
		if (fault === undefined) {
			await files.serve(record.path, request, response);
			return;
		}
		const usual = strikesAfterTask(fault) ? await files.responseAt(record.path) : NO_RESPONSE;
		sendFault(response, fault, usual);
	}

	async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const record = startRecord(request, response);
		requests.push(record);
		const text = await readText(request);
		if (text !== '') record.body = recordedBody(text, options.recordBodies ?? 'full');
		if (/^\/(files|media)\//.test(record.path)) await serveFile(request, response, record);
		else await api.handle(request, response, text, record);
	}

	const listener = new Listener((request, response) => {
		respond(request, response).catch((error: unknown) => {
			if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
			response.end(`simulator: ${error instanceof Error ? error.message : 'error'}`);
		});
	});
	const port = await listener.open(initial.port ?? 0);
	origin = `http://127.0.0.1:${port}`;
	const mediaUrl = `${origin}/media`;

	return {
		url: origin,
		mediaUrl,
		key: keys[0] ?? SIMULATOR_KEY,
		requests,
		tasks: store.tasks,
		callbacks: callbacks.sent,
		configure: (changes) => void Object.assign(options, changes),
		inject: (fault) => faults.add(fault),
		paidTasks: () => requests.filter((request) => request.paid).length,
		holdSlots: (count) => void (store.foreignSlots = count),
		releaseSlots: () => void (store.foreignSlots = 0),
		plantTask: (path, status, result = sampleResult(path, mediaUrl), externalTaskId) =>
			store.plant({ path, status, result, externalTaskId }),
		setStatus: (taskId, status, message) => store.change(store.get(taskId), status, message),
		finish: async (taskId) => await store.finish(store.get(taskId)),
		fail: (taskId, message) => store.change(store.get(taskId), 'failed', message),
		forget: (taskId) => store.forget(store.get(taskId)),
		goAway: async (milliseconds) => {
			await listener.close();
			await new Promise((resolve) => setTimeout(resolve, milliseconds));
			if (!isStopped) await listener.openAt(port);
		},
		reset: () => {
			requests.length = 0;
			callbacks.sent.length = 0;
			store.clear();
			creation.reset();
			faults.clear();
		},
		stop: async () => {
			isStopped = true;
			store.clear();
			callbacks.close();
			studio.close();
			await listener.close();
		},
	};
}
