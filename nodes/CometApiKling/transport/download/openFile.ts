import type { IHttpRequestOptions } from 'n8n-workflow';

import { isRecord, numberOf, textOf } from '../../kling/json';
import { isLoopback, isPublicAddress } from '../../kling/publicAddress';
import type { ApiContext } from '../apiRequest';
import { isByteStream, type ByteStream } from '../byteStream';
import { DownloadFault } from './downloadFault';

/** File hosts redirect once or twice; more than this suggests a loop. */
const MAX_REDIRECTS = 5;

export interface OpenFile {
	body: ByteStream;
	contentType: string;
}

export interface OpenFileSettings {
	/** Whether the API itself is on this machine, so that its results may be there, too. */
	allowLocal: boolean;
	/** Timeout for the head of the response, in milliseconds. */
	timeoutMs: number;
	signal: AbortSignal;
}

/**
 * Opens a file after following its redirects. They are followed here, since each new URL has to be
 * checked before it is requested.
 *
 * @throws DownloadFault, or n8n's error if the connection fails
 */
export async function openFile(
	context: ApiContext,
	link: string,
	{ allowLocal, timeoutMs, signal }: OpenFileSettings,
): Promise<OpenFile> {
	let url = safeUrl(link, allowLocal);
	for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
		const options: IHttpRequestOptions = {
			method: 'GET',
			url: url.href,
			// Media files hardly shrink when compressed. If a host compresses them anyway, n8n
			// decompresses them.
			headers: { 'Accept-Encoding': 'identity' },
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: timeoutMs,
			abortSignal: signal,
		};
		const response: unknown = await context.helpers.httpRequest(options);
		if (!isRecord(response) || !isByteStream(response.body)) {
			throw new DownloadFault('The file host did not return a file.', true);
		}
		const { body } = response;
		const headers = isRecord(response.headers) ? response.headers : {};
		const status = numberOf(response.statusCode) ?? 0;
		if (status >= 200 && status < 300) {
			return { body, contentType: textOf(headers['content-type']) ?? 'unknown type' };
		}
		body.destroy();
		const location = textOf(headers.location);
		if (status < 300 || status >= 400 || location === undefined) throw statusFault(status);
		if (!URL.canParse(location, url.href)) {
			throw new DownloadFault('The file host redirected to something that is not a URL.', false);
		}
		url = safeUrl(new URL(location, url).href, allowLocal);
	}
	throw new DownloadFault(`The file host redirected more than ${MAX_REDIRECTS} times.`, false);
}

/**
 * Checks that a URL may be requested: its host must be public, and it must use https, which all
 * result hosts support. Only the spelling of the host name is checked: if it resolves to a local
 * address, only n8n's own SSRF protection or a firewall can help (docs/maintainers/decisions.md).
 *
 * @throws DownloadFault
 */
function safeUrl(link: string, allowLocal: boolean): URL {
	if (!URL.canParse(link))
		throw new DownloadFault('CometAPI returned a link that is not a URL.', false);
	const url = new URL(link);
	if (url.protocol !== 'https:' && url.protocol !== 'http:') {
		throw new DownloadFault(`The URL of the file starts with ${url.protocol}//.`, false);
	}
	if (!allowLocal && !isPublicAddress(url)) {
		throw new DownloadFault(
			`The URL of the file is not safe: it leads to ${url.hostname}, which is not a public address.`,
			false,
		);
	}
	if (url.protocol === 'http:' && !isLoopback(url)) url.protocol = 'https:';
	return url;
}

function statusFault(status: number): DownloadFault {
	const isTransient = status >= 500 || status === 408 || status === 429;
	const hint = isTransient ? '' : ' URLs expire after 30 days. Task > Get may return a new one.';
	return new DownloadFault(`The file host responded with HTTP ${status}.${hint}`, isTransient);
}
