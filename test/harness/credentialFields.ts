import type {
	ICredentialDataDecryptedObject,
	IHttpRequestOptions,
	ICredentialType,
	INode,
	Workflow,
} from 'n8n-workflow';

type Rules = Exclude<NonNullable<ICredentialType['authenticate']>, (...args: never[]) => unknown>;

const PLACES = ['headers', 'qs', 'body', 'auth'] as const;

/** Puts a credential's fields where its declarative rules say, as n8n's credentials helper does. */
export function withCredentialFields(
	request: IHttpRequestOptions,
	rules: Rules,
	credentials: ICredentialDataDecryptedObject,
	workflow: Workflow,
	node: INode,
): IHttpRequestOptions {
	const resolve = (value: unknown): unknown => {
		// The function of n8n-workflow for this does not exist in the oldest engine of test/compat.
		if (typeof value !== 'string' || !value.startsWith('=')) return value;
		const keys = { $credentials: credentials };
		return workflow.expression.getSimpleParameterValue(node, value, 'internal', keys) ?? '';
	};
	const filled = Object.fromEntries(
		PLACES.flatMap((place) => {
			const fields = rules.properties[place];
			if (!fields) return [];
			const resolved = Object.entries(fields).map(([key, value]) => [
				String(resolve(key)),
				resolve(value),
			]);
			return [[place, { ...asObject(request[place]), ...Object.fromEntries(resolved) }]];
		}),
	);
	return { ...request, ...filled };
}

function asObject(value: unknown): object {
	return typeof value === 'object' && value !== null ? value : {};
}
