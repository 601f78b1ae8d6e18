import type { IExecuteFunctions, IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';

import { isRecord, textOf, type JsonRecord } from '../kling/json';
import type { Fault } from '../kling/faults';
import type { HttpResponse } from '../kling/response/httpResponse';
import type { Clock } from '../polling/clock';
import { onAbort } from '../polling/onAbort';
import { apiKeyOf } from './authorizeRequest';
import { normalizeBaseUrl } from './baseUrl';
import { BodyTooLargeError, isByteStream, readText, type ByteStream } from './byteStream';
import { networkFault } from './networkFault';
import { Watchdog } from './watchdog';

export const CREDENTIAL_TYPE = 'cometApiKlingApi';

/** The largest response of the API is a task with a few links; anything longer is not one. */
const MAX_RESPONSE_BYTES = 2 * 1024 * 1024;

export type ApiContext = IExecuteFunctions | IWebhookFunctions;

export interface ApiRequest {
	method: 'GET' | 'POST';
	/** Begins with a slash, for example `/kling/v1/audio/tts`. */
	path: string;
	/** JSON, ready to be sent: as bytes it is neither copied nor parsed again on its way. */
	body?: Buffer;
	/** After so long without a complete response the request is given up. */
	timeoutMs: number;
}

export type ApiResult =
	| { kind: 'response'; response: HttpResponse }
	| { kind: 'fault'; fault: Fault };

/**
 * The base URL of the credential, checked.
 *
 * @throws RangeError (see `normalizeBaseUrl`), or n8n's own error where no credential is chosen
 */
export async function readBaseUrl(context: ApiContext): Promise<string> {
	const credentials = await context.getCredentials(CREDENTIAL_TYPE);
	return normalizeBaseUrl(textOf(credentials.baseUrl) ?? '');
}

/**
 * The API key of the credential, to be hidden in what the service returns; empty if there is none.
 * Never throws: a request without a credential fails in n8n's own words.
 */
export async function readApiKey(context: ApiContext): Promise<string> {
	try {
		return apiKeyOf(await context.getCredentials(CREDENTIAL_TYPE));
	} catch {
		return '';
	}
}

/**
 * Sends one request to the API, and reads the response to its end: the only place that talks to it.
 *
 * Redirects are not followed, since the key must not travel (API.md 1). The body is read as a
 * stream, so that one that is huge, slow or endless is given up in time. Never throws: a request
 * that fails comes back as a fault that holds nothing of what was sent.
 */
export async function apiRequest(
	context: ApiContext,
	baseUrl: string,
	request: ApiRequest,
	clock: Clock,
): Promise<ApiResult> {
	const options: IHttpRequestOptions = {
		method: request.method,
		url: `${baseUrl}${request.path}`,
		headers: {
			Accept: 'application/json',
			...(request.body && { 'Content-Type': 'application/json' }),
		},
		...(request.body && { body: request.body }),
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: request.timeoutMs,
	};
	let stream: ByteStream | undefined;
	const watchdog = new Watchdog(request.timeoutMs, clock);
	// n8n puts its own signal in place of ours, so the body is ended by hand.
	onAbort(watchdog.signal, () => stream?.destroy());
	try {
		const response: unknown = await context.helpers.httpRequestWithAuthentication.call(
			context,
			CREDENTIAL_TYPE,
			options,
		);
		if (!isRecord(response) || !isByteStream(response.body)) {
			return {
				kind: 'fault',
				fault: { kind: 'malformedResponse', message: 'The response had no body.' },
			};
		}
		stream = response.body;
		if (watchdog.timedOut) throw new RangeError('time-out');
		const text = await readText(stream, MAX_RESPONSE_BYTES);
		return { kind: 'response', response: toHttpResponse(response, text, Date.now()) };
	} catch (error) {
		if (error instanceof BodyTooLargeError) {
			return {
				kind: 'fault',
				fault: { kind: 'malformedResponse', message: 'The response was far too long.' },
			};
		}
		if (watchdog.timedOut) {
			return {
				kind: 'fault',
				fault: {
					kind: 'interrupted',
					code: 'ETIMEDOUT',
					message: 'No complete response came in time.',
				},
			};
		}
		return { kind: 'fault', fault: networkFault(error) };
	} finally {
		watchdog.stop();
		stream?.destroy();
	}
}

function toHttpResponse(response: JsonRecord, text: string, now: number): HttpResponse {
	const headers = isRecord(response.headers) ? response.headers : {};
	const retryAfterMs = readRetryAfter(textOf(headers['retry-after']), now);
	return {
		httpStatus: typeof response.statusCode === 'number' ? response.statusCode : 0,
		contentType: (textOf(headers['content-type']) ?? '').toLowerCase(),
		...(retryAfterMs !== undefined && { retryAfterMs }),
		text,
	};
}

/** `Retry-After` comes as seconds or as a date (RFC 9110, 10.2.3). */
function readRetryAfter(header: string | undefined, now: number): number | undefined {
	if (header === undefined) return undefined;
	const seconds = Number(header);
	const milliseconds = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
	return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined;
}
