import { deflateSync } from 'node:zlib';

import { pngChunk, pngFile, pngHeader } from '../../handMade';
import { corpusFiles, noise, patched, type Bases, type CorpusFile } from '../corpusFile';

const DAMAGED = /it is damaged/;
const TRUNCATED = /image is truncated/;

const END = pngChunk('IEND', Buffer.alloc(0));
const GRAY = [8, 0, 0, 0, 0];

/** The image data of a gray PNG: each line with a filter byte before it. */
const lines = (width: number, height: number) =>
	deflateSync(Buffer.alloc((width + 1) * height, 0x40), { level: 1 });

export function pngFiles(base: Bases): CorpusFile[] {
	const rgb = base('rgb.png');
	const header = pngHeader(400, 300, GRAY);
	// A filter is a number up to 4. All lines are the same, so zeros are enough.
	const picture = deflateSync(Buffer.alloc(401 * 300));
	const data = pngChunk('IDAT', picture);
	const text = pngChunk('tEXt', Buffer.from('Title\0By hand'));
	const inner = rgb.indexOf('IDAT') + 100;
	const names = ['rgb', 'transparent', 'gray', 'gray 16 bit', 'gray and alpha', '48 bit', 'palette']
		.concat(['1 bit', 'interlaced'])
		.map((name) => `${name}.png`);
	return corpusFiles(
		'PNG',
		'image',
		{
			...Object.fromEntries([...names, 'animated.apng'].map((name) => [name, base(name)])),
			'by hand': pngFile(header, data, END),
			'text in front of the picture': pngFile(header, text, data, END),
			'damaged text': pngFile(header, patched(text, 12, Buffer.from('X')), data, END),
			'the picture in many parts': pngFile(
				header,
				...Array.from({ length: Math.ceil(picture.length / 16) }, (_part, index) =>
					pngChunk('IDAT', picture.subarray(index * 16, index * 16 + 16)),
				),
				END,
			),
			'an empty part in front of the picture': pngFile(
				header,
				pngChunk('IDAT', Buffer.alloc(0)),
				data,
				END,
			),
			'zeros at the end': Buffer.concat([rgb, Buffer.alloc(5000)]),
			'noise at the end': Buffer.concat([rgb, noise(5000)]),
			'a line break at the end': Buffer.concat([rgb, Buffer.from('\r\n')]),
		},
		{
			'cut to half': [rgb.subarray(0, rgb.length / 2), TRUNCATED],
			'its end missing': [rgb.subarray(0, -12), TRUNCATED],
			'a byte of its picture changed': [
				patched(rgb, inner, Buffer.from([rgb.readUInt8(inner) ^ 1])),
				DAMAGED,
			],
			'a byte of its size changed': [patched(rgb, 19, Buffer.from([1])), DAMAGED],
			'no picture': [pngFile(header, text, END), DAMAGED],
			'an empty picture': [pngFile(header, pngChunk('IDAT', Buffer.alloc(0)), END), DAMAGED],
			'a picture that is not compressed': [
				pngFile(header, pngChunk('IDAT', noise(900)), END),
				DAMAGED,
			],
			'line breaks changed by a transfer as text': [
				Buffer.from(rgb.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'),
				/PNG|known image format/,
			],
			'no palette': [pngFile(pngHeader(400, 300, [8, 3, 0, 0, 0]), data, END), DAMAGED],
			'bits that colors cannot have': [
				pngFile(pngHeader(400, 300, [4, 6, 0, 0, 0]), data, END),
				DAMAGED,
			],
			'unknown interlacing': [pngFile(pngHeader(400, 300, [8, 0, 0, 0, 2]), data, END), DAMAGED],
			"Apple's variant": [
				pngFile(pngChunk('CgBI', Buffer.from([0x50, 0, 0x20, 6])), header, data, END),
				/format of iPhone apps \(CgBI\)/,
			],
			'too small': [
				pngFile(pngHeader(200, 200, GRAY), pngChunk('IDAT', lines(200, 200)), END),
				/200 x 200 pixels/,
			],
		},
	);
}
