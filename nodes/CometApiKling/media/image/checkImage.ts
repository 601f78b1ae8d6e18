import { JPG } from 'image-size/types/jpg';
import { PNG } from 'image-size/types/png';

import { kindOf } from '../kind';
import { MEDIA_LIMITS } from '../limits';
import {
	emptyFile,
	formatMegabytes,
	invalidMedia,
	type ValidationResult,
	type InvalidMedia,
} from '../validationResult';

export interface ImageFacts {
	format: 'jpg' | 'png';
	mimeType: string;
	/** In pixels, as is the height. */
	width: number;
	height: number;
}

const READERS = { jpg: JPG, png: PNG };

const JPG_SCAN = Buffer.from([0xff, 0xda]);
const JPG_END = Buffer.from([0xff, 0xd9]);
const PNG_END = Buffer.from('IEND');

const CONVERT = 'Convert it to JPG or PNG first, for example with the Edit Image node of n8n.';
const CHECK_SOURCE = 'Check the node that the file comes from: it has to put out the image itself.';
const SAVE_ANEW = 'Get the file again, or save it anew as JPG or PNG.';

/** Tells from an image's bytes whether the API would take it (API.md 2). Never throws. */
export function checkImage(bytes: Uint8Array): ValidationResult<ImageFacts> {
	if (bytes.length === 0) return emptyFile();
	const kind = kindOf(bytes);
	const format = kind?.extension;
	if (!kind || (format !== 'jpg' && format !== 'png')) {
		return invalidMedia(
			`the file is ${kind?.name ?? 'no image of a known kind'}, and Kling takes JPG and PNG`,
			!kind || kind.family === 'image' || kind.extension === 'svg' ? CONVERT : CHECK_SOURCE,
		);
	}
	if (bytes.length > MEDIA_LIMITS.imageMaxBytes) {
		return invalidMedia(
			`the file has ${formatMegabytes(bytes.length)}, and Kling takes images of up to ${formatMegabytes(MEDIA_LIMITS.imageMaxBytes)}`,
			'Make it smaller, or save it as JPG with a lower quality.',
		);
	}
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
	// Looked at first, since image-size takes a second for 10 MB without a marker.
	if (!hasEnd(file, format)) {
		return invalidMedia('the image is cut off: the end of the file is missing', SAVE_ANEW);
	}
	const size = sizeOf(file, format);
	if (!size) {
		return invalidMedia(
			`the file begins like ${kind.name}, but its size in pixels cannot be read; it is damaged`,
			SAVE_ANEW,
		);
	}
	return checkDimensions(size) ?? { ok: true, facts: { format, mimeType: kind.mimeType, ...size } };
}

interface Size {
	width: number;
	height: number;
}

/** image-size throws on what it cannot read, and on numbers beyond the end. */
function sizeOf(file: Buffer, format: ImageFacts['format']): Size | undefined {
	try {
		const reader = READERS[format];
		if (!reader.validate(file)) return undefined;
		const { width, height } = reader.calculate(file);
		return width > 0 && height > 0 ? { width, height } : undefined;
	} catch {
		return undefined;
	}
}

/**
 * Whether an image was not cut. An "end of image" has to follow a JPG's last "start of scan", since
 * its preview picture has an end, too; both marks never stand in the picture's own data.
 */
function hasEnd(file: Buffer, format: ImageFacts['format']): boolean {
	if (format === 'png') return file.includes(PNG_END);
	return file.lastIndexOf(JPG_END) > file.lastIndexOf(JPG_SCAN);
}

function checkDimensions({ width, height }: Size): InvalidMedia | undefined {
	const { imageMinSidePixels, imageMaxRatio } = MEDIA_LIMITS;
	if (Math.min(width, height) < imageMinSidePixels) {
		return invalidMedia(
			`the image is ${width} x ${height} pixels, and each side needs at least ${imageMinSidePixels}`,
			'Use a larger image.',
		);
	}
	if (Math.max(width, height) <= imageMaxRatio * Math.min(width, height)) return undefined;
	return invalidMedia(
		`the image is ${width} x ${height} pixels, and one side may be at most ${imageMaxRatio} times the other`,
		'Crop it to a portrait or a square around the face.',
	);
}
