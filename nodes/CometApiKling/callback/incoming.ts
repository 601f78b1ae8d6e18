import type { IWebhookFunctions } from 'n8n-workflow';

import { readCallback, type CallbackClaim } from '../kling/response/callback';
import { isRecord } from '../kling/json';
import { readApiKey } from '../transport/apiRequest';

/** Reads the task that a webhook request describes; `undefined` if there is none. */
export async function readClaim(context: IWebhookFunctions): Promise<CallbackClaim | undefined> {
	const request: unknown = context.getRequestObject();
	const rawBody = isRecord(request) ? request.rawBody : undefined;
	const secret = await readApiKey(context);
	return readCallback({ rawBody, parsedBody: context.getBodyData() }, secret);
}
