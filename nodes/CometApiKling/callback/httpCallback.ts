import type { IWebhookFunctions } from 'n8n-workflow';

import { isRecord } from '../kling/json';
import { readCallback, type CallbackClaim } from '../kling/response/callback';
import { readApiKey } from '../transport/apiRequest';

/** The HTTP statuses of responses to callbacks. */
export const HTTP = {
	/** The callback was processed, or there is nothing to do. */
	ok: 200,
	/** The body does not describe a task. */
	badRequest: 400,
	/** The sender may repeat the callback later (docs/maintainers/service-notes.md#callbacks). */
	unavailable: 503,
} as const;

/** Reads the task that a webhook request describes; `undefined` if there is none. */
export async function readClaim(context: IWebhookFunctions): Promise<CallbackClaim | undefined> {
	const request: unknown = context.getRequestObject();
	const rawBody = isRecord(request) ? request.rawBody : undefined;
	const secret = await readApiKey(context);
	return readCallback(rawBody, context.getBodyData(), secret);
}

/**
 * Responds to a callback, once: n8n itself would respond only after the file is downloaded. The
 * caller returns `noWebhookResponse` to n8n.
 */
export function respond(context: IWebhookFunctions, httpStatus: number): void {
	const response: unknown = context.getResponseObject();
	if (!isResponse(response) || response.writableEnded) return;
	response.statusCode = httpStatus;
	response.end();
}

interface Response {
	statusCode: number;
	writableEnded: boolean;
	end(): void;
}

function isResponse(value: unknown): value is Response {
	return (
		typeof value === 'object' && value !== null && typeof Reflect.get(value, 'end') === 'function'
	);
}
