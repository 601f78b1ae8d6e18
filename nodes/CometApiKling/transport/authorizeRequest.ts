import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { isRecord, textOf } from '../kling/json';
import { normalizeBaseUrl } from './baseUrl';

/** A URL that includes a host; if it has no scheme, the scheme of the Base URL is used. */
const ABSOLUTE = /^[a-z][a-z\d+.-]*:/i;
const WITHOUT_SCHEME = /^[\\/]{2}/;

/**
 * Redirects must not be followed with the key. n8n has one name for this option in `httpRequest`
 * and two in the older `request`, and by default both send the key to the other host.
 */
const NO_REDIRECTS = {
	disableFollowRedirect: true,
	followRedirect: false,
	followAllRedirects: false,
	maxRedirects: 0,
	sendCredentialsOnCrossOriginRedirect: false,
};

/**
 * Adds the key to a request to the Base URL's host, in every form that n8n's nodes use:
 * `url` or `uri` (HTTP Request), text or `URL`, absolute or relative, with or without `baseURL`.
 * The request is sent to the very address that was checked, so that no other URL parser can read it
 * differently.
 *
 * @throws RangeError with a sentence for the user if the request goes to any other address
 */
export function authorizeRequest(
	credentials: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): IHttpRequestOptions {
	const base = normalizeBaseUrl(textOf(credentials.baseUrl) ?? '');
	const target = targetOf(request, base);
	if (target.origin !== new URL(base).origin) {
		throw new RangeError(
			`The API key is sent only to the Base URL of the CometAPI credential, ${base}, and not to ${target.origin}.`,
		);
	}
	// If the URL contains a user name, HTTP clients send that instead of the key.
	target.username = '';
	target.password = '';
	const authorized: IHttpRequestOptions = {
		...request,
		...NO_REDIRECTS,
		url: target.href,
		...('uri' in request && { uri: target.href }),
		headers: { ...request.headers, Authorization: `Bearer ${apiKeyOf(credentials)}` },
	};
	delete authorized.baseURL;
	return authorized;
}

/**
 * The API key without the parts that are often copied with it: whitespace, `Bearer`, the header's
 * name.
 */
export function apiKeyOf(credentials: ICredentialDataDecryptedObject): string {
	const text = (textOf(credentials.apiKey) ?? '').trim();
	return text.replace(/^(authorization:\s*)?(bearer\s+)?/i, '');
}

function targetOf(request: IHttpRequestOptions, base: string): URL {
	const fields: unknown = request;
	const [url, uri, baseUrl] = ['url', 'uri', 'baseURL'].map((name) =>
		isRecord(fields) ? addressOf(fields[name]) : undefined,
	);
	if (url !== undefined && uri !== undefined && url !== uri) throw unreadable();
	const address = url ?? uri ?? '';
	const absolute = ABSOLUTE.test(address)
		? address
		: WITHOUT_SCHEME.test(address)
			? `https:${address}`
			: joinUrl(baseUrl ?? base, address);
	if (!URL.canParse(absolute)) throw unreadable();
	return new URL(absolute);
}

/** Appends a path to that of the base, as n8n's HTTP client does; `new URL` would replace it. */
function joinUrl(base: string, path: string): string {
	return `${base.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
}

function addressOf(value: unknown): string | undefined {
	if (value === undefined || value === '') return undefined;
	if (typeof value === 'string') return value.trim();
	if (value instanceof URL) return value.href;
	throw unreadable();
}

function unreadable(): RangeError {
	return new RangeError('The address of the request is not a URL, so the API key was not added.');
}
