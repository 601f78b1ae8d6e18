import pLimit, { type LimitFunction } from 'p-limit';

/**
 * The limit for all tasks of an execution. The API documents no rate limit for queries
 * (docs/maintainers/service-notes.md#errors); this cap keeps the load reasonable.
 */
export const MAX_QUERIES_PER_SECOND = 20;

/** n8n adds one abort listener per request, and Node.js warns above ten per signal. */
const MAX_CREATES = 8;

/**
 * Bytes that all pending create requests may hold: their files, as bytes and as base64. The largest
 * request alone (an image of 10 MB and audio of 5 MB) holds 35 MB, so the peak stays there.
 */
export const MAX_UPLOAD_BYTES = 32 * 1024 * 1024;

/** Each download holds a few stream buffers and a connection to the file host. */
const MAX_DOWNLOADS = 4;

/** Limits the create requests of an execution that are in flight at the same time. */
export function limitCreates(): LimitFunction {
	return pLimit(MAX_CREATES);
}

/** Limits the downloads of an execution that run at the same time. */
export function limitDownloads(): LimitFunction {
	return pLimit(MAX_DOWNLOADS);
}
