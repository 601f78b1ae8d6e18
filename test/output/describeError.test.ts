import { NodeOperationError } from 'n8n-workflow';

import { UserError } from '../../nodes/CometApiKling/kling/errors/userError';
import { describeError, withoutApiKey } from '../../nodes/CometApiKling/output/describeError';
import { toNodeError } from '../../nodes/CometApiKling/output/nodeError';
import type { ApiContext } from '../../nodes/CometApiKling/transport/apiRequest';
import { klingNode } from '../harness/workflows';

const KEY = 'own-key-1990';

function contextWith(getCredentials: () => Promise<object>): ApiContext {
	const context: unknown = { getCredentials };
	if (!isContext(context)) throw new Error('The context has no credentials.');
	return context;
}

function isContext(value: unknown): value is ApiContext {
	return typeof value === 'object' && value !== null && 'getCredentials' in value;
}

const context = contextWith(async () => ({ apiKey: `Bearer ${KEY}` }));

test('hides the API key in the message of an unexpected error', async () => {
	const error = Object.assign(new Error(`cannot read ${KEY}`), { request: KEY });
	expect(await describeError(context, error)).toBe('cannot read [hidden]');
	const shown = await withoutApiKey(context, error);
	expect(shown).toEqual(new Error('cannot read [hidden]'));
	expect(shown).not.toHaveProperty('request');
});

test('keeps what tells a bug of the node from an error of n8n or its server', async () => {
	const full = Object.assign(new Error(`ENOSPC: no space for ${KEY}`), { code: 'ENOSPC' });
	const shown = await withoutApiKey(context, full);
	expect(shown).toMatchObject({ message: 'ENOSPC: no space for [hidden]', code: 'ENOSPC' });
	const bug = toNodeError(klingNode({}), await withoutApiKey(context, new TypeError(KEY)), 0);
	expect(bug.message).toBe('The node stopped unexpectedly: [hidden]');
});

test('keeps nothing of what is not an error', async () => {
	const error = toNodeError(klingNode({}), await withoutApiKey(context, { message: KEY }), 0);
	expect(error.message).toBe('The node stopped unexpectedly: unknown error');
});

test('describes what is not an error, and works without a credential', async () => {
	expect(await describeError(context, KEY)).toBe('unknown error');
	const none = contextWith(async () => await Promise.reject(new Error('no credential')));
	expect(await describeError(none, new Error('a message'))).toBe('a message');
});

test.each([
	new UserError(`URL of the file: https://files.example/${'a'.repeat(1_900)}`, {
		advice: 'Retry.',
	}),
	new NodeOperationError(klingNode({}), 'A message of n8n'),
])('does not change errors of this node or of n8n: %#', async (error) => {
	expect(await withoutApiKey(context, error)).toBe(error);
});
