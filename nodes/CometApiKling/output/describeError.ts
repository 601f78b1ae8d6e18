import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { redact } from '../kling/errors/redact';
import { UserError } from '../kling/errors/userError';
import { readApiKey, type ApiContext } from '../transport/apiRequest';

/** What an unexpected error says, without the API key: for n8n's log and for items. */
export async function describeError(context: ApiContext, error: unknown): Promise<string> {
	if (!(error instanceof Error)) return 'unknown error';
	return redact(error.message, await readApiKey(context));
}

/**
 * The same error, fit to be shown and stored. Those of this node and of n8n are already; anything
 * else keeps nothing but its message, in which the API key is hidden.
 */
export async function withoutApiKey(context: ApiContext, error: unknown): Promise<unknown> {
	const isSafe =
		error instanceof UserError ||
		error instanceof NodeApiError ||
		error instanceof NodeOperationError;
	return isSafe ? error : new Error(await describeError(context, error));
}
