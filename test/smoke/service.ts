import axios from 'axios';

import { parseJson } from '../../nodes/CometApiKling/kling/json';
import { parseResponse } from '../../nodes/CometApiKling/kling/response/parseResponse';
import type { KlingService, TaskResponse } from '../../nodes/CometApiKling/kling/service';
import type { HttpResponse } from '../../nodes/CometApiKling/kling/response/httpResponse';
import type { KlingRoute } from '../../nodes/CometApiKling/kling/routes';
import type { Fault } from '../../nodes/CometApiKling/kling/errors/faults';
import { networkFault } from '../../nodes/CometApiKling/transport/networkFault';
import { isRecord } from '../support/isRecord';
import { shapeOf } from './shape';

/** The node's timeout for a create; the gateway may respond only after Kling does. */
const CREATE_TIMEOUT_MS = 180_000;
const SHORT_TIMEOUT_MS = 30_000;

/** A clip of three seconds is far smaller. */
const MAX_FILE_BYTES = 200 * 1024 * 1024;

type Reply = { kind: 'response'; response: HttpResponse } | { kind: 'fault'; fault: Fault };

/** CometAPI over plain HTTP. It follows no redirect, so that the key is not sent anywhere else. */
export class SmokeService implements KlingService {
	constructor(
		private readonly baseUrl: string,
		private readonly key: string,
		/** Receives the shape of each response to a create or a query. */
		private readonly onShape: (title: string, shape: unknown) => void,
	) {}

	async create(route: KlingRoute, body: Buffer): Promise<TaskResponse> {
		const path = `/kling/v1/${route.path}`;
		const reply = await this.send('POST', path, this.key, CREATE_TIMEOUT_MS, body);
		return this.read(`POST ${path}`, reply);
	}

	async query(route: KlingRoute, id: string, timeoutMs = SHORT_TIMEOUT_MS): Promise<TaskResponse> {
		const path = `/kling/v1/${route.path}`;
		const reply = await this.send('GET', `${path}/${encodeURIComponent(id)}`, this.key, timeoutMs);
		return this.read(`GET ${path}/…`, reply, id);
	}

	/** The list of models, which is free, with any key. */
	async models(key = this.key): Promise<Reply> {
		return await this.send('GET', '/v1/models', key, SHORT_TIMEOUT_MS);
	}

	/**
	 * Downloads a result from its file host, without the key.
	 *
	 * @throws Error without the URL, if that fails
	 */
	async download(url: string): Promise<Buffer> {
		const response = await axios
			.get<unknown>(url, {
				responseType: 'arraybuffer',
				maxRedirects: 0,
				maxContentLength: MAX_FILE_BYTES,
				timeout: CREATE_TIMEOUT_MS,
				validateStatus: () => true,
			})
			.catch((error: unknown) => {
				throw new Error(networkFault(error).message);
			});
		if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
		if (!Buffer.isBuffer(response.data)) throw new Error('no file was received');
		return response.data;
	}

	private read(title: string, reply: Reply, id?: string): TaskResponse {
		if (reply.kind === 'fault') return reply;
		this.onShape(title, {
			http: reply.response.httpStatus,
			body: shapeOf(parseJson(reply.response.text)),
		});
		return parseResponse(reply.response, { askedId: id });
	}

	private async send(
		method: 'GET' | 'POST',
		path: string,
		key: string,
		timeoutMs: number,
		body?: Buffer,
	): Promise<Reply> {
		try {
			const { status, headers, data } = await axios.request<unknown>({
				method,
				url: `${this.baseUrl}${path}`,
				headers: {
					Accept: 'application/json',
					Authorization: `Bearer ${key}`,
					...(body && { 'Content-Type': 'application/json' }),
				},
				data: body,
				timeout: timeoutMs,
				maxRedirects: 0,
				maxBodyLength: Infinity,
				responseType: 'text',
				transformResponse: (text: unknown) => text,
				validateStatus: () => true,
			});
			const contentType = isRecord(headers) ? String(headers['content-type'] ?? '') : '';
			const text = typeof data === 'string' ? data : '';
			return { kind: 'response', response: { httpStatus: status, contentType, text } };
		} catch (error) {
			// The error of axios contains the key, so use only its code and its message.
			return { kind: 'fault', fault: networkFault(error) };
		}
	}
}
