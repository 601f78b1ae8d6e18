/** Hosts on which plain http does not leave the machine. */
const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/** Whether a URL points to the machine itself. */
export function isLoopback(url: URL): boolean {
	return LOOPBACK_HOST.test(url.hostname);
}

/** Whether a URL may carry anything confidential: https, or http that stays on the machine. */
export function isConfidential(url: URL): boolean {
	return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}

/**
 * The address that all API paths are appended to, without a slash at its end. A trailing slash or
 * `/v1` in what the user typed is tolerated (SPEC 2).
 *
 * @throws RangeError with a sentence for the user where the text is no URL, or not https
 */
export function normalizeBaseUrl(text: string): string {
	const trimmed = text.trim();
	if (!URL.canParse(trimmed)) {
		throw new RangeError(
			'The Base URL of the CometAPI credential is not a URL. Use https://api.cometapi.com.',
		);
	}
	const url = new URL(trimmed);
	if (!isConfidential(url)) {
		throw new RangeError(
			'The Base URL of the CometAPI credential must start with https://, so that the API key is not sent in the clear.',
		);
	}
	const path = url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '');
	return `${url.origin}${path}`;
}
