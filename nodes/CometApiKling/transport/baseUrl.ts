import { isConfidential } from '../kling/publicAddress';

/**
 * The address that all API paths are appended to, without a trailing slash. The user's input may
 * have a trailing slash or `/v1`.
 *
 * @throws RangeError with a sentence for the user if the text is not a URL, or not https
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
