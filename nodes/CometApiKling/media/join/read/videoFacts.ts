import { boxesIn, childrenOf, findBox, textIn, uint32In, type Box } from '../../mp4/mp4Boxes';
import type { ClipSource } from './byteReader';
import { readDisplay, timescaleOf } from './clip';
import { displaySize } from './display';
import { Mp4Error } from './mp4Error';
import { readMovieBox } from './movieBox';

/** What the header of a video says about it. */
export interface VideoFacts {
	/** In pixels, as displayed. */
	width: number;
	height: number;
	/** Left out if the header does not contain it, as in fragmented files. */
	seconds?: number;
}

/**
 * Reads the size and length of an MP4 video from its header; `undefined` if the file is not an
 * MP4 video or is damaged: no download should fail because of these extras.
 *
 * @throws whatever the source throws
 */
export async function readVideoFacts(source: ClipSource): Promise<VideoFacts | undefined> {
	const read = async (): Promise<VideoFacts | undefined> => factsOf(await readMovieBox(source));
	return await read().catch((error: unknown) => {
		if (error instanceof Mp4Error) return undefined;
		throw error;
	});
}

function factsOf(file: Buffer): VideoFacts | undefined {
	const movie = boxesIn(file, 0, file.length)[0];
	if (!movie) return undefined;
	const track = childrenOf(file, movie, 'trak').find((box) => {
		const handler = findBox(file, box, 'mdia', 'hdlr');
		return handler !== undefined && textIn(file, handler, 8) === 'vide';
	});
	if (!track) return undefined;
	const { width, height } = displaySize(readDisplay(file, track));
	if (width === 0 || height === 0) return undefined;
	const seconds = movieSeconds(file, movie);
	return { width, height, ...(seconds > 0 && { seconds }) };
}

/** `mvhd`: the length follows the time scale, in 32 or 64 bits (ISO/IEC 14496-12, 8.2.2). */
function movieSeconds(file: Buffer, movie: Box): number {
	const header = findBox(file, movie, 'mvhd');
	if (!header) return 0;
	const timescale = timescaleOf(file, header);
	const isVersion1 = file.readUInt8(header.start) === 1;
	const [high, low] = isVersion1
		? [uint32In(file, header, 24) ?? 0, uint32In(file, header, 28) ?? 0]
		: [0, uint32In(file, header, 16) ?? 0];
	const isUnknown = low === 0xffffffff;
	return timescale === 0 || isUnknown ? 0 : (high * 2 ** 32 + low) / timescale;
}
