import type { IWebhookFunctions } from 'n8n-workflow';

/**
 * Answers a callback at once, before it is dealt with: the service wants its answer fast
 * (API.md 5), and a download takes its time. Whoever calls this returns `noWebhookResponse`.
 */
export function acknowledge(context: IWebhookFunctions, httpStatus = 200): void {
	const response: unknown = context.getResponseObject();
	if (!isResponse(response)) return;
	response.statusCode = httpStatus;
	response.end();
}

interface Response {
	statusCode: number;
	end(): void;
}

function isResponse(value: unknown): value is Response {
	return (
		typeof value === 'object' && value !== null && typeof Reflect.get(value, 'end') === 'function'
	);
}
