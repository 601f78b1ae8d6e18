/** Over all tasks of a run. There is no rate limit on queries (API.md 6), but there are manners. */
export const MAX_QUERIES_PER_SECOND = 20;

/** n8n hangs one listener for each request on a signal that takes ten before Node.js warns. */
export const MAX_CREATES = 8;

/** An upload of large files holds up to 35 MB: the files, and their base64. A line is no faster for two. */
export const MAX_UPLOADS = 1;

/** Each download holds a few stream buffers, and a connection to the file host. */
export const MAX_DOWNLOADS = 4;
