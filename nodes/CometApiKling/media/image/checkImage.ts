import { adviceForKind, checkSource } from '../kindAdvice';
import { kindOf } from '../kind';
import { MEDIA_LIMITS } from '../limits';
import {
	emptyFile,
	formatMegabytes,
	invalidMedia,
	type InvalidMedia,
	type ValidationResult,
} from '../validationResult';
import type { ImageReading, ImageSize } from './imageReading';
import { readJpg } from './jpg';
import { readPng } from './png';

export interface ImageFacts extends ImageSize {
	format: 'jpg' | 'png';
	mimeType: string;
}

const READERS = { jpg: readJpg, png: readPng };

const ACCEPTED = 'Kling accepts JPG and PNG';
const GET_AGAIN = 'Download the file again, or export it as JPG or PNG.';

/**
 * Checks whether the API accepts an image
 * (docs/maintainers/service-notes.md#create-an-avatar-task), judged by its bytes. Never throws.
 */
export function checkImage(bytes: Uint8Array): ValidationResult<ImageFacts> {
	if (bytes.length === 0) return emptyFile();
	const kind = kindOf(bytes);
	if (!kind) {
		return invalidMedia(
			`the file is not in a known image format; ${ACCEPTED}`,
			`${checkSource('image')} If it is an image in another format, convert it to JPG or PNG first.`,
		);
	}
	const format = kind.extension;
	if (format !== 'jpg' && format !== 'png') {
		return invalidMedia(`the file is ${kind.name}; ${ACCEPTED}`, adviceForKind(kind, 'image'));
	}
	if (bytes.length > MEDIA_LIMITS.imageMaxBytes) {
		return invalidMedia(
			`the file is ${formatMegabytes(bytes.length)}; Kling accepts images of up to ${formatMegabytes(MEDIA_LIMITS.imageMaxBytes)}`,
			'Make it smaller, or save it as JPG with a lower quality.',
		);
	}
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
	const reading = READERS[format](file);
	if (typeof reading === 'string') return unusableImage(reading, kind.name);
	return (
		checkDimensions(reading) ?? { ok: true, facts: { format, mimeType: kind.mimeType, ...reading } }
	);
}

function unusableImage(fault: Extract<ImageReading, string>, name: string): InvalidMedia {
	switch (fault) {
		case 'cut':
			return invalidMedia('the image is truncated: the end of the file is missing', GET_AGAIN);
		case 'damaged':
			return invalidMedia(
				`the file starts like ${name}, but a checksum does not match or a part is missing; it is damaged`,
				GET_AGAIN,
			);
		case 'appleOnly':
			return invalidMedia(
				'the file is a PNG in the format of iPhone apps (CgBI), which only Apple devices can read',
				'Use the original image, or open it on a Mac and export it as JPG or PNG.',
			);
		case 'unreadable':
			return invalidMedia(
				`the file starts like ${name}, but its size in pixels cannot be read; it is damaged`,
				GET_AGAIN,
			);
	}
}

function checkDimensions({ width, height }: ImageSize): InvalidMedia | undefined {
	const { imageMinSidePixels, imageMaxRatio } = MEDIA_LIMITS;
	if (Math.min(width, height) < imageMinSidePixels) {
		return invalidMedia(
			`the image is ${width} x ${height} pixels, but each side must be at least ${imageMinSidePixels} pixels long`,
			'Use a larger image.',
		);
	}
	if (Math.max(width, height) <= imageMaxRatio * Math.min(width, height)) return undefined;
	return invalidMedia(
		`the image is ${width} x ${height} pixels, but the longer side can be at most ${imageMaxRatio} times the shorter one`,
		'Crop it to a portrait or a square around the face.',
	);
}
