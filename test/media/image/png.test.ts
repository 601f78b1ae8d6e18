import { crc32 as crc32OfNode, deflateSync } from 'node:zlib';
import fc from 'fast-check';

import { crc32 } from '../../../nodes/CometApiKling/media/image/crc32';
import { readPng } from '../../../nodes/CometApiKling/media/image/png';
import { noise, patched } from '../corpus/corpusFile';
import { pngChunk, pngFile, pngHeader } from '../handMade';

const SIZE = { width: 400, height: 300 };
const header = (...rest: number[]) => pngHeader(SIZE.width, SIZE.height, rest);
const GRAY = header(8, 0, 0, 0, 0);
const DATA = pngChunk('IDAT', deflateSync(Buffer.alloc(401 * 300)));
const PALETTE = pngChunk('PLTE', Buffer.alloc(6));
const END = pngChunk('IEND', Buffer.alloc(0));
const TEXT = pngChunk('tEXt', Buffer.from('Title\0By hand'));
const whole = pngFile(GRAY, DATA, END);

/** The chunk with a different checksum. */
function damaged(chunk: Buffer): Buffer {
	const last = chunk.length - 1;
	return patched(chunk, last, Buffer.from([chunk.readUInt8(last) ^ 1]));
}

test.each<[string, Buffer]>([
	['as it is', whole],
	['with other chunks', pngFile(GRAY, TEXT, DATA, TEXT, END)],
	['with a wrong checksum of a chunk that is not needed', pngFile(GRAY, damaged(TEXT), DATA, END)],
	['with bytes after its end', Buffer.concat([whole, noise(999)])],
	['with a damaged chunk after its end', Buffer.concat([whole, damaged(DATA)])],
	['with its data in parts', pngFile(GRAY, pngChunk('IDAT', Buffer.alloc(0)), DATA, END)],
	['with a palette', pngFile(header(8, 3, 0, 0, 0), PALETTE, DATA, END)],
	['with a palette that it does not need', pngFile(header(8, 2, 0, 0, 1), PALETTE, DATA, END)],
	[
		'with a first part of one byte',
		pngFile(GRAY, pngChunk('IDAT', Buffer.from([0x78])), pngChunk('IDAT', Buffer.from([1])), END),
	],
])('reads a PNG %s', (_name, file) => {
	expect(readPng(file)).toEqual(SIZE);
});

const DEPTHS: Array<[colors: number, depths: number[]]> = [
	[0, [1, 2, 4, 8, 16]],
	[2, [8, 16]],
	[3, [1, 2, 4, 8]],
	[4, [8, 16]],
	[6, [8, 16]],
	[1, []],
	[5, []],
	[7, []],
];

test.each(DEPTHS)('color type %d has samples of %j bits', (colors, depths) => {
	const accepted = Array.from({ length: 18 }, (_entry, depth) => depth).filter((depth) => {
		const file = pngFile(header(depth, colors, 0, 0, 0), PALETTE, DATA, END);
		return readPng(file) !== 'damaged';
	});
	expect(accepted).toEqual(depths);
});

test.each<[string, Buffer, string]>([
	['cut in its data', whole.subarray(0, -30), 'cut'],
	['without its end', pngFile(GRAY, DATA), 'cut'],
	['cut in its end', whole.subarray(0, -1), 'cut'],
	['with a wrong checksum of its header', pngFile(damaged(GRAY), DATA, END), 'damaged'],
	['with a wrong checksum of its data', pngFile(GRAY, damaged(DATA), END), 'damaged'],
	['with a wrong checksum of its end', pngFile(GRAY, DATA, damaged(END)), 'damaged'],
	['that is damaged and cut', pngFile(GRAY, damaged(DATA)), 'damaged'],
	['without data', pngFile(GRAY, TEXT, END), 'damaged'],
	['with empty data', pngFile(GRAY, pngChunk('IDAT', Buffer.alloc(0)), END), 'damaged'],
	[
		'with data that is not compressed',
		pngFile(GRAY, pngChunk('IDAT', Buffer.from([0x79, 1])), END),
		'damaged',
	],
	[
		'with an invalid zlib header in front of its data',
		pngFile(GRAY, pngChunk('IDAT', Buffer.from([0x78, 2])), END),
		'damaged',
	],
	['without the palette that it needs', pngFile(header(8, 3, 0, 0, 0), DATA, END), 'damaged'],
	['with an unknown compression method', pngFile(header(8, 0, 1, 0, 0), DATA, END), 'damaged'],
	['with an unknown filter method', pngFile(header(8, 0, 0, 1, 0), DATA, END), 'damaged'],
	['with an unknown interlace method', pngFile(header(8, 0, 0, 0, 2), DATA, END), 'damaged'],
	['with a header that is too long', pngFile(header(8, 0, 0, 0, 0, 0), DATA, END), 'damaged'],
	["in Apple's variant", pngFile(pngChunk('CgBI', Buffer.alloc(4)), GRAY, DATA, END), 'appleOnly'],
	['without a width', pngFile(pngHeader(0, 9), DATA, END), 'unreadable'],
	['without a height', pngFile(pngHeader(9, 0), DATA, END), 'unreadable'],
	['without its header', pngFile(DATA, END), 'unreadable'],
])('rejects a PNG %s', (_name, file, fault) => {
	expect(readPng(file)).toBe(fault);
});

test('calculates the same checksum as zlib', () => {
	fc.assert(
		fc.property(fc.uint8Array(), fc.nat(), (bytes, cut) => {
			const start = bytes.length > 0 ? cut % bytes.length : 0;
			expect(crc32(bytes, start, bytes.length)).toBe(crc32OfNode(bytes.subarray(start)));
		}),
	);
	expect(crc32(Buffer.from('123456789'), 0, 9)).toBe(0xcbf43926);
});
