import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { authorizeRequest } from '../nodes/CometApiKling/transport/authorizeRequest';

/** The service's own name ends in "API", and n8n's rule to append " API" would repeat it. */
const DISPLAY_NAME = 'CometAPI';

const BAD_KEY_MESSAGE =
	'CometAPI did not accept this API key. Paste a current key from the CometAPI console.';

/** HTTP statuses with which a gateway rejects a key. */
const BAD_KEY_STATUSES = [401, 403];

const NO_API_MESSAGE =
	'CometAPI was not found at this Base URL: the response contains no list of models. Use https://api.cometapi.com, or the address of your own gateway.';

/**
 * Redirects are not followed, since the key must not go to another server; 404 comes from another
 * kind of server.
 */
const NO_API_STATUSES = [301, 302, 303, 307, 308, 404];

const NO_MODELS_MESSAGE =
	'CometAPI accepted this API key, but the key is not allowed to use any model. Check the key in the CometAPI console.';

type Rules = NonNullable<ICredentialTestRequest['rules']>;

/**
 * Only a list of models proves that the key works, but n8n's rules can only name responses that
 * must not occur.
 */
const TEST_RULES: Array<Rules[number]> = [
	...responseCodeRules(BAD_KEY_STATUSES, BAD_KEY_MESSAGE),
	...responseCodeRules(NO_API_STATUSES, NO_API_MESSAGE),
	bodyRule('data.length', 0, NO_MODELS_MESSAGE),
	bodyRule('data[0].id', undefined, NO_API_MESSAGE),
];

function responseCodeRules(statuses: number[], message: string): Array<Rules[number]> {
	return statuses.map((value) => ({ type: 'responseCode', properties: { value, message } }));
}

/** The test fails with this message if the field of the response has this value. */
function bodyRule(key: string, value: 0 | undefined, message: string): Rules[number] {
	return { type: 'responseSuccessBody', properties: { key, value, message } };
}

/** n8n's type allows only one kind of rule per list, but n8n itself checks each rule separately. */
function isRuleList(rules: Array<Rules[number]>): rules is Rules[number][] & Rules {
	return Array.isArray(rules);
}

/** The API key for CometAPI and the base URL. */
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
			description: 'A key from the CometAPI console',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.cometapi.com',
			description: 'Base URL of the API. Change it only if you use your own gateway.',
		},
		{
			displayName:
				'The key is only sent to the Base URL, even if an HTTP Request node uses this credential. You can leave <b>Allowed HTTP Request Domains</b>, which n8n adds below, unchanged.',
			name: 'allowedDomainsNotice',
			type: 'notice',
			default: '',
		},
	];

	/** Adds the key, but only to requests that no one else can read. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return authorizeRequest(credentials, requestOptions);
	}

	/** This request is free and needs the key (docs/maintainers/service-notes.md#basics). */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "").replace(/\\/v1$/, "") }}',
			url: '/v1/models',
			disableFollowRedirect: true,
		},
		...(isRuleList(TEST_RULES) && { rules: TEST_RULES }),
	};
}
