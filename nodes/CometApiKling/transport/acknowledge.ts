import type { IWebhookFunctions } from 'n8n-workflow';

/**
 * Answers a callback at once with HTTP 200, before it is dealt with: the service wants its answer
 * fast (API.md 5), and a download takes its time. Whoever calls this returns `noWebhookResponse`.
 */
export function acknowledge(context: IWebhookFunctions): void {
	const response: unknown = context.getResponseObject();
	if (isResponse(response)) response.end('received');
}

interface Response {
	end(text: string): void;
}

function isResponse(value: unknown): value is Response {
	return (
		typeof value === 'object' && value !== null && typeof Reflect.get(value, 'end') === 'function'
	);
}
