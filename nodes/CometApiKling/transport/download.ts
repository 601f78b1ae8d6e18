import type { IBinaryData, IHttpRequestOptions } from 'n8n-workflow';

import { isRecord, numberOf, textOf } from '../kling/json';
import type { ResultFamily } from '../kling/routes';
import { sniffMedia } from '../media/kind';
import type { Clock } from '../polling/clock';
import type { ApiContext } from './apiRequest';
import { isConfidential } from './baseUrl';
import { asBuffer, isByteStream, peek, type ByteStream } from './byteStream';
import { DownloadFault, interrupted } from './downloadFault';
import { fileNameFor } from './fileName';
import { Watchdog } from './watchdog';

/** Kling's longest results stay far below; a file host gone wrong must not fill the disk. */
const MAX_FILE_BYTES = 2 * 1024 * 1024 * 1024;

/** File hosts answer with a link elsewhere once or twice, not for ever. */
const MAX_REDIRECTS = 5;

/** Until the first byte, and between any two: a host that is silent for longer is gone. */
const STALL_MS = 60_000;

/** Enough of a file's start to tell what it is. */
const HEAD_BYTES = 4_100;

const TRIES = 3;
const RETRY_PAUSE_MS = 2_000;

export interface DownloadRequest {
	url: string;
	family: ResultFamily;
	/** What the user wants the file to be called; a name is made of the task id if it is empty. */
	fileName?: string;
	taskId: string;
}

/**
 * Streams a result into n8n's binary data; it is never held whole (SPEC 10). The key is not sent,
 * and only https addresses are followed (http where the host is this machine).
 *
 * @throws DownloadFault when the file cannot be had, after three tries where trying again can help
 */
export async function download(
	context: ApiContext,
	request: DownloadRequest,
	clock: Clock,
	signal?: AbortSignal,
): Promise<IBinaryData> {
	for (let attempt = 1; ; attempt++) {
		const watchdog = new Watchdog(STALL_MS, clock, signal);
		try {
			return await downloadOnce(context, request, watchdog);
		} catch (error) {
			const fault = watchdog.timedOut
				? new DownloadFault(`The file host sent nothing for ${STALL_MS / 1000} seconds.`, true)
				: interrupted(error);
			if (attempt === TRIES || !fault.canTryAgain || signal?.aborted) throw fault;
		} finally {
			watchdog.stop();
		}
		await clock.sleep(RETRY_PAUSE_MS * attempt, signal);
	}
}

async function downloadOnce(
	context: ApiContext,
	request: DownloadRequest,
	watchdog: Watchdog,
): Promise<IBinaryData> {
	const { body, contentType, expectedBytes } = await open(context, request.url, watchdog.signal);
	const head = await peek(body, HEAD_BYTES);
	if (head.length === 0) throw new DownloadFault('The file is empty.', true);
	const kind = sniffMedia(head);
	if (kind?.family !== request.family) {
		body.destroy();
		throw new DownloadFault(notTheResult(request.family, contentType), false);
	}
	let bytes = 0;
	const counted = body.map((chunk: unknown) => {
		const part = asBuffer(chunk);
		bytes += part.length;
		watchdog.reset();
		if (bytes > MAX_FILE_BYTES) {
			throw new DownloadFault('The file is larger than 2 GB, which no Kling result is.', false);
		}
		return part;
	});
	const fileName = fileNameFor(request.fileName, request.taskId, kind.extension);
	const file = await context.helpers.prepareBinaryData(counted, fileName, kind.mimeType);
	if (expectedBytes !== undefined && bytes !== expectedBytes) {
		throw new DownloadFault(`The file ended after ${bytes} of ${expectedBytes} bytes.`, true);
	}
	return file;
}

interface OpenFile {
	body: ByteStream;
	contentType: string;
	expectedBytes?: number;
}

/** Follows redirects by hand, since each new address has to be looked at before it is asked. */
async function open(context: ApiContext, firstUrl: string, signal: AbortSignal): Promise<OpenFile> {
	let url = firstUrl;
	for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
		const options: IHttpRequestOptions = {
			method: 'GET',
			url: checkedUrl(url).href,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: STALL_MS,
			abortSignal: signal,
		};
		const response: unknown = await context.helpers.httpRequest(options);
		if (!isRecord(response) || !isByteStream(response.body)) {
			throw new DownloadFault('The file host sent no file.', true);
		}
		const { body } = response;
		const headers = isRecord(response.headers) ? response.headers : {};
		const status = numberOf(response.statusCode) ?? 0;
		if (status >= 200 && status < 300) {
			const isPlain = headers['content-encoding'] === undefined;
			return {
				body,
				contentType: textOf(headers['content-type']) ?? 'unknown type',
				expectedBytes: isPlain ? numberOf(headers['content-length']) : undefined,
			};
		}
		body.destroy();
		const location = textOf(headers.location);
		if (status < 300 || status >= 400 || location === undefined) throw statusFault(status);
		if (!URL.canParse(location, url))
			throw new DownloadFault('The file host sent a broken link.', false);
		url = new URL(location, url).href;
	}
	throw new DownloadFault(`The file host redirected more than ${MAX_REDIRECTS} times.`, false);
}

function checkedUrl(text: string): URL {
	if (!URL.canParse(text)) throw new DownloadFault('The link to the file is not a URL.', false);
	const url = new URL(text);
	if (isConfidential(url)) return url;
	throw new DownloadFault(
		`The link to the file is not safe: it leads to ${url.protocol}//${url.hostname} instead of https.`,
		false,
	);
}

function statusFault(status: number): DownloadFault {
	const isTransient = status >= 500 || status === 408 || status === 429;
	const hint = isTransient ? '' : ' Links are cleared after 30 days; Get Task may give a new one.';
	return new DownloadFault(`The file host answered with HTTP ${status}.${hint}`, isTransient);
}

function notTheResult(family: ResultFamily, contentType: string): string {
	return `The file is no ${family}: the file host calls it "${contentType}", and its first bytes are of no known ${family} format.`;
}
