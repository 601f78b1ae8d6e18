import { boxesIn, childrenOf, findBox, textIn } from '../../mp4/mp4Boxes';
import type { ClipSource } from './byteReader';
import { readDisplay } from './clip';
import { displaySize } from './display';
import { Mp4Error } from './mp4Error';
import { readMovieBox } from './movieBox';

/** What the header of a video says about it. */
export interface VideoFacts {
	/** In pixels, as displayed. */
	width: number;
	height: number;
}

/**
 * Reads the size of an MP4 video from its header; `undefined` if the file is not an
 * MP4 video or is damaged.
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
	return width === 0 || height === 0 ? undefined : { width, height };
}
