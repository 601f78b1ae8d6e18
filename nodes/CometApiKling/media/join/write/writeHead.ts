import { text, uint32 } from './boxWriter';
import { writeHeaders, type OutputMovie } from './movieWriter';

/** With more media data than this, some offsets need 64 bits. The headers take less than 1 GB. */
const MAX_SMALL_MEDIA_BYTES = 2 ** 32 - 1024 ** 3;

const HEADER_BYTES = 8;
const LARGE_HEADER_BYTES = 16;

/** Writes everything before the media data of a file. */
export function writeHead(movie: OutputMovie, mediaBytes: number): Buffer {
	const isLarge = mediaBytes > MAX_SMALL_MEDIA_BYTES;
	const mediaHeader = isLarge
		? Buffer.concat([uint32(1), text('mdat'), uint64(mediaBytes + LARGE_HEADER_BYTES)])
		: Buffer.concat([uint32(mediaBytes + HEADER_BYTES), text('mdat')]);
	// The size of the headers does not depend on the offsets in them.
	const { length } = writeHeaders(movie, 0, isLarge);
	return Buffer.concat([writeHeaders(movie, length + mediaHeader.length, isLarge), mediaHeader]);
}

function uint64(value: number): Buffer {
	return uint32(Math.floor(value / 2 ** 32), value % 2 ** 32);
}
