import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { redact } from '../kling/errors/redact';
import { UserError } from '../kling/errors/userError';
import { readApiKey, type ApiContext } from '../transport/apiRequest';

/** The message of an unexpected error, without the API key, for n8n's log and for items. */
export async function describeError(context: ApiContext, error: unknown): Promise<string> {
	if (!(error instanceof Error)) return 'unknown error';
	return redact(error.message, await readApiKey(context));
}

/**
 * Makes an error safe to show and store. Errors of this node and of n8n already are; any
 * other error keeps only its message, in which the API key is hidden.
 */
export async function withoutApiKey(context: ApiContext, error: unknown): Promise<unknown> {
	const isSafe =
		error instanceof UserError ||
		error instanceof NodeApiError ||
		error instanceof NodeOperationError;
	return isSafe ? error : new Error(await describeError(context, error));
}
