import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { textOf } from '../nodes/CometApiKling/kling/json';
import { normalizeBaseUrl } from '../nodes/CometApiKling/transport/baseUrl';

/** The service's own name ends in "API"; n8n's rule that appends " API" would double it. */
const DISPLAY_NAME = 'CometAPI';

const BAD_KEY_MESSAGE =
	'CometAPI did not accept this API key. Paste a current key from the CometAPI console.';

/** HTTP statuses by which a gateway turns a key down. */
const BAD_KEY_STATUSES = [401, 403];

/** The key to CometAPI, and where it is. */
export class CometApiKlingApi implements ICredentialType {
	name = 'cometApiKlingApi';

	displayName = DISPLAY_NAME;

	icon = {
		light: 'file:../nodes/CometApiKling/cometApiKling.svg',
		dark: 'file:../nodes/CometApiKling/cometApiKling.dark.svg',
	} as const;

	documentationUrl = 'https://apidoc.cometapi.com/';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'A key from the console of CometAPI',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.cometapi.com',
			description: 'Where the API is; only for gateways of your own need it be changed',
		},
	];

	/** Adds the key, but only on a way where nobody can read it. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const base = normalizeBaseUrl(textOf(credentials.baseUrl) ?? '');
		const target = new URL(requestOptions.url, requestOptions.baseURL ?? base);
		if (target.origin !== new URL(base).origin) {
			throw new RangeError('The API key is sent to the Base URL of the credential only.');
		}
		return {
			...requestOptions,
			headers: {
				...requestOptions.headers,
				Authorization: `Bearer ${textOf(credentials.apiKey) ?? ''}`,
			},
		};
	}

	/** Free, and it needs the key (API.md 1). */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "").replace(/\\/v1$/, "") }}',
			url: '/v1/models',
		},
		rules: BAD_KEY_STATUSES.map((value) => ({
			type: 'responseCode' as const,
			properties: { value, message: BAD_KEY_MESSAGE },
		})),
	};
}
