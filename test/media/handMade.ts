import { crc32, deflateSync } from 'node:zlib';

/** A part of a RIFF file (WAV): its name, size and content, padded to an even size. */
export function riffChunk(id: string, content: Buffer, size = content.length): Buffer {
	const head = Buffer.alloc(8);
	head.write(id, 'latin1');
	head.writeUInt32LE(size, 4);
	return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}

/** A WAV file made of chunks. */
export function riffWave(...chunks: Buffer[]): Buffer {
	return riffChunk('RIFF', Buffer.concat([Buffer.from('WAVE'), ...chunks]));
}

/** The format chunk of 8-bit mono sound. */
export function wavFormat(byteRate: number): Buffer {
	const content = Buffer.alloc(16);
	content.writeUInt16LE(1, 0);
	content.writeUInt16LE(1, 2);
	content.writeUInt32LE(byteRate, 4);
	content.writeUInt32LE(byteRate, 8);
	content.writeUInt16LE(1, 12);
	content.writeUInt16LE(8, 14);
	return riffChunk('fmt ', content);
}

/** A WAV file of silence; at this rate, one second is 1000 bytes. */
export function wavOf(seconds: number): Buffer {
	return riffWave(wavFormat(1000), riffChunk('data', Buffer.alloc(Math.round(seconds * 1000))));
}

/** An MP4 box with a 32-bit size. */
export function box(type: string, ...content: Buffer[]): Buffer {
	const head = Buffer.alloc(8);
	head.writeUInt32BE(8 + content.reduce((sum, part) => sum + part.length, 0));
	head.write(type, 4, 'latin1');
	return Buffer.concat([head, ...content]);
}

/** An MP4 box with a 64-bit size. */
export function largeBox(type: string, ...content: Buffer[]): Buffer {
	const plain = box(type, ...content);
	const head = Buffer.alloc(16);
	head.writeUInt32BE(1);
	head.write(type, 4, 'latin1');
	head.writeUInt32BE(plain.length + 8, 12);
	return Buffer.concat([head, plain.subarray(8)]);
}

/** Several 32-bit numbers. */
export function words(...values: number[]): Buffer {
	const bytes = Buffer.alloc(values.length * 4);
	values.forEach((value, index) => bytes.writeUInt32BE(value, index * 4));
	return bytes;
}

/** The start of an M4A: its type, and media data, which may precede the movie box. */
export const M4A_START = Buffer.concat([
	box('ftyp', Buffer.from('M4A \0\0\0\0')),
	box('mdat', Buffer.alloc(8)),
]);

/** The time scale of `soundTrack`: this many units make up a second. */
export const TIMESCALE = 1000;

/** Version 1 of a full box: its times have 64 bits. */
const VERSION_1 = 0x01000000;

/** The header of a track; samples are `[count, units]`. */
export function track(
	options: { handler?: string; format?: string; samples?: Array<[number, number]>; id?: number } & {
		isVersion1?: boolean;
		timescale?: number;
	} = {},
): Buffer {
	const { handler = 'soun', format = 'mp4a', samples = [], id = 1 } = options;
	const { isVersion1 = false, timescale = TIMESCALE } = options;
	const times = isVersion1 ? words(VERSION_1, 0, 0, 0, 0) : words(0, 0, 0);
	const table = box(
		'stbl',
		box('stsd', words(0, 1), box(format)),
		box('stts', words(0, samples.length, ...samples.flat())),
	);
	return box(
		'trak',
		box('tkhd', times, words(id)),
		box(
			'mdia',
			box('mdhd', times, words(timescale, 0, 0)),
			box('hdlr', words(0, 0), Buffer.from(handler, 'latin1')),
			box('minf', table),
		),
	);
}

/** A chunk of a PNG with its checksum. */
export function pngChunk(type: string, content: Buffer): Buffer {
	const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
	return Buffer.concat([words(content.length), named, words(crc32(named))]);
}

/** A PNG made of chunks. */
export function pngFile(...chunks: Buffer[]): Buffer {
	return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks]);
}

/**
 * The header chunk of a PNG in gray, or with other `[depth, colors, compression, filter,
 * interlace]`.
 */
export function pngHeader(
	width: number,
	height: number,
	[...rest]: number[] = [8, 0, 0, 0, 0],
): Buffer {
	return pngChunk('IHDR', Buffer.concat([words(width, height), Buffer.from(rest)]));
}

/** A PNG with valid headers for a size, but with data that is not an image. */
export function pngOf(width: number, height: number): Buffer {
	const data = pngChunk('IDAT', deflateSync(Buffer.alloc(9)));
	return pngFile(pngHeader(width, height), data, pngChunk('IEND', Buffer.alloc(0)));
}

/** A JPG made of segments, each with a marker and content; the length is added. */
export function jpgOf(...segments: Array<[number, Buffer]>): Buffer {
	const parts = segments.map(([marker, content]) => {
		const head = Buffer.from([0xff, marker, 0, 0]);
		head.writeUInt16BE(content.length + 2, 2);
		return Buffer.concat([head, content]);
	});
	return Buffer.concat([Buffer.from([0xff, 0xd8]), ...parts, Buffer.from([0xff, 0xd9])]);
}

/** A "start of frame": 8 bits, height, width, one component. */
export function jpgFrame(width: number, height: number): Buffer {
	const content = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
	content.writeUInt16BE(height, 1);
	content.writeUInt16BE(width, 3);
	return content;
}

/** Markers of a JPG's segments. */
export const JPG = { app1: 0xe1, tables: 0xdb, scan: 0xda, baseline: 0xc0, progressive: 0xc2 };
