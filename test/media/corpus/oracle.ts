import { readFileSync, statSync, writeFileSync } from 'node:fs';

import { runFfmpeg } from '../../simulator/run';
import type { Samples } from '../samples';

/** Starting ffmpeg takes longer than decoding short audio, so one run decodes several files. */
const FILES_PER_RUN = 12;

/** How ffmpeg's decoder reads a file; `undefined` if it cannot decode it. */
export type Oracle = { seconds: number } | { width: number; height: number } | undefined;

interface Decoding {
	/** The extension of a file's name, because some decoders are selected by it. */
	ending: (bytes: Buffer) => string;
	/** Arguments of ffmpeg before each input and each output. */
	input: string[];
	output: string[];
	/** The stream of an input that is decoded. */
	stream: string;
	/** What a decoded file says about the original. */
	read: (decoded: string) => Oracle;
}

/**
 * Decoded to 8 kHz, so that the length does not depend on the sample rate: two bytes per sample.
 */
const RATE_HZ = 8_000;
const BYTES_PER_SECOND = 2 * RATE_HZ;

const SOUNDS: Decoding = {
	ending: () => '.sound',
	input: [],
	output: ['-ac', '1', '-ar', `${RATE_HZ}`, '-f', 's16le'],
	stream: 'a:0',
	read: (file) => ({ seconds: statSync(file).size / BYTES_PER_SECOND }),
};

const PICTURES: Decoding = {
	ending: (bytes) => (bytes[0] === 0xff ? '.jpg' : '.png'),
	// Otherwise ffmpeg treats an image that is followed by a clip as a video.
	input: ['-f', 'image2'],
	output: ['-frames:v', '1', '-c:v', 'pgm', '-f', 'image2pipe'],
	stream: 'v:0',
	// The header of a PGM file holds the size as text.
	read: (file) => {
		const [, width, height] = /^P5\s(\d+) (\d+)\s/.exec(readFileSync(file, 'latin1')) ?? [];
		return width === undefined ? undefined : { width: Number(width), height: Number(height) };
	},
};

/** Decodes audio or images with ffmpeg, in the given order. */
export async function decodeAll(
	samples: Samples,
	kind: 'audio' | 'image',
	files: Buffer[],
): Promise<Oracle[]> {
	const decoding = kind === 'audio' ? SOUNDS : PICTURES;
	const paths = files.map((bytes, index) => {
		const path = samples.pathOf(`${kind} ${index}${decoding.ending(bytes)}`);
		writeFileSync(path, bytes);
		return path;
	});
	const batches = Array.from({ length: Math.ceil(paths.length / FILES_PER_RUN) }, (_, index) =>
		paths.slice(index * FILES_PER_RUN, (index + 1) * FILES_PER_RUN),
	);
	const oracles = await Promise.all(batches.map(async (some) => await decodeBatch(some, decoding)));
	return oracles.flat();
}

async function decodeBatch(paths: string[], decoding: Decoding): Promise<Oracle[]> {
	const { input, output, stream, read } = decoding;
	const target = (path: string) => `${path}.decoded`;
	try {
		await runFfmpeg([
			...paths.flatMap((path) => [...input, '-i', path]),
			...paths.flatMap((path, index) => ['-map', `${index}:${stream}`, ...output, target(path)]),
		]);
	} catch {
		// If one cannot be decoded, the whole run fails, so decode each one alone.
		if (paths.length === 1) return [undefined];
		const alone = paths.map(async (path) => await decodeBatch([path], decoding));
		return (await Promise.all(alone)).flat();
	}
	return paths.map((path) => read(target(path)));
}
