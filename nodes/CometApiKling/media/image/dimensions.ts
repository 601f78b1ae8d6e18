import { imageDimensionsFromData } from 'image-dimensions';

import type { ImageSize } from './imageReading';

/**
 * The size in the headers of a JPG or PNG; `undefined` if there is none. Only this file imports the
 * library, since the build bundles it once for each file that does.
 */
export function readDimensions(header: Uint8Array): ImageSize | undefined {
	const found = imageDimensionsFromData(header);
	if (!found || found.width === 0 || found.height === 0) return undefined;
	return { width: found.width, height: found.height };
}
