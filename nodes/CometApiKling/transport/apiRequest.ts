import type { IExecuteFunctions, IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';

import { isRecord, textOf, type JsonRecord } from '../kling/json';
import type { Fault } from '../kling/errors/faults';
import type { FaultKind } from '../kling/errors/faultTraits';
import type { HttpResponse } from '../kling/response/httpResponse';
import { readRetryAfter } from '../kling/response/retryAfter';
import type { Clock } from '../polling/time/clock';
import { onAbort } from '../polling/time/onAbort';
import { apiKeyOf } from './authorizeRequest';
import { normalizeBaseUrl } from './baseUrl';
import { BodyTooLargeError, isByteStream, readText, type ByteStream } from './byteStream';
import { networkFault } from './networkFault';
import { Watchdog } from './watchdog';

const CREDENTIAL_TYPE = 'cometApiKlingApi';

/** The largest response of the API is a task with a few links; anything longer is not one. */
const MAX_RESPONSE_BYTES = 2 * 1024 * 1024;

export type ApiContext = IExecuteFunctions | IWebhookFunctions;

export interface ApiRequest {
	method: 'GET' | 'POST';
	/** Starts with a slash, for example `/kling/v1/audio/tts`. */
	path: string;
	/** JSON that is ready to send: as bytes, it is neither copied nor parsed again by n8n. */
	body?: Buffer;
	/** The request is aborted if the response is not complete after this time. */
	timeoutMs: number;
}

export type ApiResult =
	| { kind: 'response'; response: HttpResponse }
	| { kind: 'fault'; fault: Fault };

/**
 * The base URL of the credential, validated.
 *
 * @throws RangeError (see `normalizeBaseUrl`), or n8n's own error if no credential is selected
 */
export async function readBaseUrl(context: ApiContext): Promise<string> {
	const credentials = await context.getCredentials(CREDENTIAL_TYPE);
	return normalizeBaseUrl(textOf(credentials.baseUrl) ?? '');
}

/**
 * The API key of the credential, which is hidden in everything that the service returns; empty if
 * there is none. Never throws: a request without a credential fails with n8n's own message.
 */
export async function readApiKey(context: ApiContext): Promise<string> {
	try {
		return apiKeyOf(await context.getCredentials(CREDENTIAL_TYPE));
	} catch {
		return '';
	}
}

/**
 * Sends one request to the API, and reads the whole response. Nothing else talks to the API.
 *
 * Redirects are not followed, since the key must not go to another server
 * (docs/maintainers/service-notes.md#basics). The body is read as a stream, so that a huge, slow or
 * endless one is aborted in time. Never throws: a failed request returns a fault that contains
 * nothing of the request.
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
	// n8n replaces our signal with its own, so we have to close the body ourselves.
	onAbort(watchdog.signal, () => stream?.destroy());
	try {
		const response: unknown = await context.helpers.httpRequestWithAuthentication.call(
			context,
			CREDENTIAL_TYPE,
			options,
		);
		if (!isRecord(response) || !isByteStream(response.body)) {
			return faultOf('malformedResponse', 'The response had no body.');
		}
		stream = response.body;
		if (watchdog.timedOut) throw new RangeError('timeout');
		const text = await readText(stream, MAX_RESPONSE_BYTES);
		return { kind: 'response', response: toHttpResponse(response, text, Date.now()) };
	} catch (error) {
		if (error instanceof BodyTooLargeError) {
			return faultOf('malformedResponse', 'The response was too large.');
		}
		if (watchdog.timedOut) {
			return faultOf('interrupted', 'No complete response arrived in time.', 'ETIMEDOUT');
		}
		return { kind: 'fault', fault: networkFault(error) };
	} finally {
		watchdog.stop();
		stream?.destroy();
	}
}

function faultOf(kind: FaultKind, message: string, code?: string): ApiResult {
	return { kind: 'fault', fault: { kind, message, code } };
}

function toHttpResponse(response: JsonRecord, text: string, now: number): HttpResponse {
	const headers = isRecord(response.headers) ? response.headers : {};
	const retryAfterMs = readRetryAfter(textOf(headers['retry-after']), textOf(headers.date), now);
	return {
		httpStatus: typeof response.statusCode === 'number' ? response.statusCode : 0,
		contentType: (textOf(headers['content-type']) ?? '').toLowerCase(),
		...(retryAfterMs !== undefined && { retryAfterMs }),
		text,
	};
}
