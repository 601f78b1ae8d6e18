import type { IWebhookFunctions } from 'n8n-workflow';

/** The HTTP statuses of responses to callbacks. */
export const HTTP = {
	/** The callback was processed, or there is nothing to do. */
	ok: 200,
	/** The body does not describe a task. */
	badRequest: 400,
	/** The sender may repeat the callback later (docs/maintainers/service-notes.md#callbacks). */
	unavailable: 503,
} as const;

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
