import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { textOf } from '../kling/json';
import { redact } from '../kling/errors/redact';
import { UserError } from '../kling/errors/userError';
import { readApiKey, type ApiContext } from '../transport/apiRequest';
import { isError } from './nodeError';

/** The message of an unexpected error, without the API key, for n8n's log and for items. */
export async function describeError(context: ApiContext, error: unknown): Promise<string> {
	if (!isError(error)) return 'unknown error';
	return redact(error.message, await readApiKey(context));
}

/**
 * Makes an error safe to show and store. Errors of this node and of n8n already are. Any other error
 * keeps only its message, in which the API key is hidden, and its name and code, which tell a bug
 * of the node from a fault of n8n or its server.
 */
export async function withoutApiKey(context: ApiContext, error: unknown): Promise<unknown> {
	const isSafe =
		error instanceof UserError ||
		error instanceof NodeApiError ||
		error instanceof NodeOperationError;
	if (isSafe) return error;
	if (!isError(error)) return undefined;
	const shown = new Error(await describeError(context, error));
	const code = 'code' in error ? textOf(error.code) : undefined;
	return Object.assign(shown, { name: error.name, ...(code !== undefined && { code }) });
}
