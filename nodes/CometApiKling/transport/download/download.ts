import type { IBinaryData } from 'n8n-workflow';

import { isLoopback } from '../../kling/publicAddress';
import type { ResultFamily } from '../../kling/routes';
import { kindOf } from '../../media/kind';
import type { Clock } from '../../polling/time/clock';
import { readApiKey, readBaseUrl, type ApiContext } from '../apiRequest';
import { asBuffer, peek, type ByteStream } from '../byteStream';
import { DownloadFault, interrupted, notStored, withLink } from './downloadFault';
import { fileNameFor } from './fileName';
import { openFile, type OpenFile } from './openFile';
import { Watchdog } from '../watchdog';

/** Kling's longest results are far smaller; a faulty file host must not fill the disk. */
const MAX_FILE_BYTES = 2 * 1024 * 1024 * 1024;

/**
 * The longest wait for the first byte and between any two bytes; a host that is silent longer is
 * considered gone.
 */
const STALL_MS = 60_000;

/** This is enough of a file's start to recognize its kind. */
const HEAD_BYTES = 4_100;

const TRIES = 3;
const RETRY_PAUSE_MS = 2_000;

export interface DownloadRequest {
	url: string;
	family: ResultFamily;
	/** The file name that the user wants; if empty, the task ID is used. */
	fileName?: string;
	taskId: string;
}

/**
 * Streams a result into n8n's binary data, so that memory never holds all of it. The key is not
 * sent. The host must be a public one, unless the API itself is on this machine.
 *
 * @throws DownloadFault that contains the URL, after three attempts if another attempt can help
 */
export async function download(
	context: ApiContext,
	request: DownloadRequest,
	clock: Clock,
	signal?: AbortSignal,
): Promise<IBinaryData> {
	const allowLocal = isLoopback(new URL(await readBaseUrl(context)));
	for (let attempt = 1; ; attempt++) {
		const watchdog = new Watchdog(STALL_MS, clock, signal);
		try {
			const settings = { allowLocal, timeoutMs: STALL_MS, signal: watchdog.signal };
			const file = await openFile(context, request.url, settings);
			try {
				return await store(context, request, file, watchdog);
			} finally {
				file.body.destroy();
			}
		} catch (error) {
			const fault = watchdog.timedOut
				? new DownloadFault(`The file host sent no data for ${STALL_MS / 1000} seconds.`, true)
				: interrupted(error);
			if (attempt === TRIES || !fault.canTryAgain || signal?.aborted) {
				throw withLink(fault, request.url, await readApiKey(context));
			}
		} finally {
			watchdog.stop();
		}
		await clock.sleep(RETRY_PAUSE_MS * attempt, signal);
	}
}

async function store(
	context: ApiContext,
	request: DownloadRequest,
	{ body, contentType }: OpenFile,
	watchdog: Watchdog,
): Promise<IBinaryData> {
	const head = await peek(body, HEAD_BYTES);
	if (head.length === 0) throw new DownloadFault('The file is empty.', true);
	const kind = kindOf(head);
	if (kind?.family !== request.family) {
		throw new DownloadFault(notTheResult(request.family, contentType), false);
	}
	watchdog.isBlocked = () => waitsForStorage(body);
	let bytes = 0;
	const counted = body.map((chunk: unknown) => {
		const part = asBuffer(chunk);
		bytes += part.length;
		watchdog.reset();
		if (bytes > MAX_FILE_BYTES) {
			throw new DownloadFault(
				'The file is larger than 2 GB, so it cannot be a Kling result.',
				false,
			);
		}
		return part;
	});
	// If n8n fails to write, it ends our stream first, and the body only fails for that reason.
	let hasHostFailed = false;
	body.once('error', () => (hasHostFailed = !counted.destroyed));
	const fileName = fileNameFor(request.fileName, request.taskId, kind.extension);
	try {
		return await context.helpers.prepareBinaryData(counted, fileName, kind.mimeType);
	} catch (error) {
		const isOurs = error instanceof DownloadFault || watchdog.signal.aborted;
		throw isOurs || hasHostFailed ? error : notStored(error);
	} finally {
		counted.destroy();
	}
}

/**
 * Whether the host has done its part for now: bytes are waiting to be stored, or all have arrived.
 */
function waitsForStorage(body: ByteStream): boolean {
	return body.readableLength > 0 || body.readableEnded;
}

function notTheResult(family: ResultFamily, contentType: string): string {
	return `The file is not a valid ${family} file: its content type is "${contentType}", and its first bytes do not match a known ${family} format.`;
}
