import type { IExecuteFunctions } from 'n8n-workflow';

import { executeNode } from '../../nodes/CometApiKling/execution/executeNode';
import { klingNode } from '../harness/workflows';
import { like } from '../support/matchers';

/** A context of the node whose credential cannot be read. */
function contextWithout(reason: Error): IExecuteFunctions {
	const context: unknown = {
		getNodeParameter: () => 'avatar',
		getNode: () => klingNode({}),
		getCredentials: async () => await Promise.reject(reason),
	};
	if (!isContext(context)) throw new Error('The context has no credentials.');
	return context;
}

function isContext(value: unknown): value is IExecuteFunctions {
	return typeof value === 'object' && value !== null && 'getCredentials' in value;
}

test.each([
	'Credential with ID "7" does not exist for type "cometApiKlingApi".',
	'Credentials could not be decrypted. The likely reason is that a different "encryptionKey" was used to encrypt the data.',
	"Cannot read properties of an expression in the credential's Base URL",
])("a credential that n8n cannot read is explained in n8n's words: %s", async (message) => {
	const context = contextWithout(new Error(message));
	await expect(executeNode(context)).rejects.toMatchObject({
		message,
		description: like(/^Open the CometAPI credential of this node/),
	});
});

test('a bug of the node is still reported as one', async () => {
	const context = contextWithout(new TypeError('x is not a function'));
	await expect(executeNode(context)).rejects.toMatchObject({
		message: 'The node stopped unexpectedly: x is not a function',
	});
});
