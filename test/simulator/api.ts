import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Body } from './checks';
import type { Creation } from './creation';
import { wrapTask } from './envelopes';
import { wrapRefusal, writeJson } from './gateway';
import type { FaultQueue } from './faultQueue';
import { Refusal } from './refusal';
import { routeOf, SPEECH_PATH, type Route } from './routes';
import type { TaskStore } from './taskStore';
import type { SimulatorOptions } from './options';
import type { RecordedRequest, RouteName } from './types';
import { NO_RESPONSE, sendFault, sendJson, sendPage, sendRedirect, strikesAfterTask } from './wire';

const MODELS = '/v1/models';

/** Far above the size of the largest image and audio as base64. */
const MAX_BODY_CHARACTERS = 32 * 1024 * 1024;

interface JsonResponse {
	status: number;
	body: unknown;
}

export interface ApiParts {
	options: SimulatorOptions;
	keys: string[];
	store: TaskStore;
	faults: FaultQueue;
	creation: Creation;
}

/** The API's routes (see docs/maintainers/service-notes.md). */
export class Api {
	constructor(private readonly parts: ApiParts) {}

	/** Responds to a request, and records its kind and whether it was charged. */
	async handle(
		request: IncomingMessage,
		response: ServerResponse,
		text: string,
		record: RecordedRequest,
	): Promise<void> {
		const { path: address, method } = record;
		if (address.startsWith('/v1/kling/')) {
			sendRedirect(response, address.replace('/v1', ''));
			return;
		}
		const route = routeOf(address);
		if (address !== MODELS && route === undefined) {
			sendPage(response);
			return;
		}
		record.route = nameOf(method, route);
		const fault = this.parts.faults.next(record.route);
		if (fault !== undefined && !strikesAfterTask(fault)) {
			sendFault(response, fault, NO_RESPONSE);
			return;
		}
		const { status, body } = await this.respond(request, route, text, record);
		const json = writeJson(body, this.parts.options);
		if (fault === undefined) sendJson(response, status, json);
		else sendFault(response, fault, { ...NO_RESPONSE, body: json });
	}

	private async respond(
		request: IncomingMessage,
		route: Route | undefined,
		text: string,
		record: RecordedRequest,
	): Promise<JsonResponse> {
		const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
		if (key === undefined || !this.parts.keys.includes(key)) {
			return gatewayError(401, 'Invalid token', '');
		}
		if (route === undefined)
			return { status: 200, body: { object: 'list', data: [{ id: 'kling_avatar' }] } };
		if (record.method === 'GET') return this.query(route);
		if (record.method !== 'POST' || route.id !== '')
			return { status: 404, body: new Refusal(404, 1202, 'Method not allowed').body };
		return await this.create(route.path, text, record);
	}

	private query({ path, id }: Route): JsonResponse {
		const { store, options } = this.parts;
		const task =
			store.find(id) ?? (options.lookUp === false ? undefined : store.findByExternalId(id));
		if (task?.path === path) {
			return this.taskResponse(options.queryIds === 'kling' ? { ...task, id: task.klingId } : task);
		}
		const message = 'task_not_exist';
		return { status: 400, body: { code: 'task_not_exist', message, data: null } };
	}

	private async create(path: string, text: string, record: RecordedRequest): Promise<JsonResponse> {
		const { options } = this.parts;
		if (text.length > MAX_BODY_CHARACTERS) return gatewayError(413, 'Request body too large', '');
		const body = bodyOf(text);
		if (!body) return gatewayError(500, 'The request is malformed', 'invalid_request');
		record.unknownFields = this.parts.creation.unknownFields(path, body);
		try {
			const task = await this.parts.creation.create(path, body);
			record.paid = true;
			if (options.repeatCreates) await this.parts.creation.create(path, body);
			return this.taskResponse(task);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			if (options.wrapRefusals) return wrapRefusal(error);
			return { status: error.http, body: error.body };
		}
	}

	private taskResponse(task: Parameters<typeof wrapTask>[0]): JsonResponse {
		return { status: 200, body: wrapTask(task, this.parts.options.envelope ?? 'A') };
	}
}

function nameOf(method: string, route: Route | undefined): RouteName {
	if (route === undefined) return 'models';
	if (method === 'POST') return route.path === SPEECH_PATH ? 'speech' : 'create';
	return /^\d+$/.test(route.id) ? 'poll' : 'lookup';
}

/**
 * An error of the gateway, which is in front of Kling (docs/maintainers/service-notes.md#errors).
 */
function gatewayError(status: number, message: string, code: string): JsonResponse {
	const error = {
		message: `${message} (request id: sim)`,
		type: 'comet_api_error',
		param: '',
		code,
	};
	return { status, body: { error } };
}

function bodyOf(text: string): Body | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return isBody(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

function isBody(value: unknown): value is Body {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
