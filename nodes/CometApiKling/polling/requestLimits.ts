/** Over all tasks of a run. There is no rate limit on queries (API.md 6), but there are manners. */
export const MAX_QUERIES_PER_SECOND = 20;

/** n8n hangs one listener for each request on a signal that takes ten before Node.js warns. */
export const MAX_CREATES = 8;

/**
 * Bytes that all creates on their way may hold together: their files and the base64 of them. The
 * largest request alone (an image of 10 MB and audio of 5 MB) holds 35 MB, so the peak stays there.
 */
export const MAX_UPLOAD_BYTES = 32 * 1024 * 1024;

/** Each download holds a few stream buffers, and a connection to the file host. */
export const MAX_DOWNLOADS = 4;
