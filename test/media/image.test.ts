import { imageSize } from 'image-size';

import { checkImage } from '../../nodes/CometApiKling/media/image';
import { MEDIA_LIMITS } from '../../nodes/CometApiKling/media/limits';
import { like } from './matchers';
import { Samples, picture } from './samples';

const samples = new Samples();

const ACCEPTED: Array<[string, number, number, ...string[]]> = [
	['baseline.jpg', 640, 480],
	['grey.jpg', 320, 400, '-pix_fmt', 'gray'],
	['full colour.jpg', 501, 333, '-pix_fmt', 'yuvj444p'],
	['rgb.png', 512, 768, '-pix_fmt', 'rgb24'],
	['transparent.png', 512, 512, '-pix_fmt', 'rgba'],
	['palette.png', 400, 300, '-pix_fmt', 'pal8'],
	['interlaced.png', 400, 300, '-pred', 'mixed', '-flags', '+ildct'],
];

beforeAll(async () => {
	for (const [name, width, height, ...args] of ACCEPTED) {
		await samples.make(name, ...picture(width, height), ...args);
	}
});
afterAll(() => samples.remove());

/** A PNG as far as its headers go: of a size, without a picture. */
function pngOf(width: number, height: number): Buffer {
	const header = Buffer.alloc(33);
	Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR', 'latin1').copy(header);
	header.writeUInt32BE(width, 16);
	header.writeUInt32BE(height, 20);
	return Buffer.concat([header, Buffer.from('\0\0\0\0IEND\xae\x42\x60\x82', 'latin1')]);
}

/** A JPG of segments, each of a marker and content; the length is put in. */
function jpgOf(...segments: Array<[number, Buffer]>): Buffer {
	const parts = segments.map(([marker, content]) => {
		const head = Buffer.from([0xff, marker, 0, 0]);
		head.writeUInt16BE(content.length + 2, 2);
		return Buffer.concat([head, content]);
	});
	return Buffer.concat([Buffer.from([0xff, 0xd8]), ...parts, Buffer.from([0xff, 0xd9])]);
}

/** A "start of frame": 8 bits, height, width, one component. */
function frame(width: number, height: number): Buffer {
	const content = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
	content.writeUInt16BE(height, 1);
	content.writeUInt16BE(width, 3);
	return content;
}

const APP1 = 0xe1;
const SCAN = 0xda;
const BASELINE = 0xc0;
const PROGRESSIVE = 0xc2;

describe('accepted images', () => {
	it.each(ACCEPTED)('%s of %d x %d pixels', (name, width, height) => {
		const bytes = samples.read(name);
		const format = name.endsWith('.jpg') ? 'jpg' : 'png';
		const mimeType = format === 'jpg' ? 'image/jpeg' : 'image/png';
		expect(checkImage(bytes)).toEqual({ ok: true, facts: { format, mimeType, width, height } });
		expect(imageSize(bytes)).toMatchObject({ width, height });
	});

	it.each([
		['baseline', BASELINE],
		['progressive', PROGRESSIVE],
	])('%s JPG with a preview picture in its metadata', (_name, marker) => {
		const preview = jpgOf([BASELINE, frame(160, 120)], [SCAN, Buffer.alloc(9)]);
		const metadata = Buffer.concat([Buffer.from('Exif\0\0'), preview]);
		const bytes = jpgOf([APP1, metadata], [marker, frame(900, 700)], [SCAN, Buffer.alloc(9)]);
		expect(checkImage(bytes)).toMatchObject({ ok: true, facts: { width: 900, height: 700 } });
		const cut = bytes.subarray(0, bytes.length - 2);
		expect(checkImage(cut)).toMatchObject({ problem: like(/cut off/) });
	});

	it('are read where they stand in a larger buffer', () => {
		const bytes = samples.read('baseline.jpg');
		const pool = Buffer.concat([Buffer.alloc(77, 0xff), bytes, Buffer.alloc(77)]);
		expect(checkImage(new Uint8Array(pool.buffer, pool.byteOffset + 77, bytes.length)).ok).toBe(
			true,
		);
	});
});

describe('limits', () => {
	const { imageMaxBytes } = MEDIA_LIMITS;
	const padded = (bytes: number) => Buffer.concat([pngOf(600, 600), Buffer.alloc(bytes)]);
	const rest = imageMaxBytes - pngOf(600, 600).length;

	it.each([
		['300 x 300 pixels', pngOf(300, 300)],
		['a ratio of 2.5 : 1', pngOf(750, 300)],
		['a ratio of 1 : 2.5', pngOf(300, 750)],
		['10 MB', padded(rest)],
	])('%s is taken', (_name, bytes) => {
		expect(checkImage(bytes).ok).toBe(true);
	});

	it.each([
		[pngOf(299, 300), 'the image is 299 x 300 pixels, and each side needs at least 300', /larger/],
		[pngOf(600, 299), 'the image is 600 x 299 pixels, and each side needs at least 300', /larger/],
		[
			pngOf(751, 300),
			'the image is 751 x 300 pixels, and one side may be at most 2.5 times the other',
			/^Crop it/,
		],
		[
			pngOf(300, 751),
			'the image is 300 x 751 pixels, and one side may be at most 2.5 times the other',
			/^Crop it/,
		],
		[
			padded(rest + 1),
			'the file has 10.01 MB, and Kling takes images of up to 10 MB',
			/^Make it smaller/,
		],
	])('%# is refused', (bytes, problem, advice) => {
		expect(checkImage(bytes)).toEqual({
			ok: false,
			problem,
			advice: like(advice),
		});
	});
});

describe('damaged images', () => {
	it.each([
		['nothing', Buffer.alloc(0), 'the file is empty'],
		[
			'a JPG cut in half',
			() => half('baseline.jpg'),
			'the image is cut off: the end of the file is missing',
		],
		[
			'a PNG cut in half',
			() => half('rgb.png'),
			'the image is cut off: the end of the file is missing',
		],
		['a PNG of 0 x 0 pixels', pngOf(0, 0), /^the file begins like a PNG image, but/],
		['a PNG of 400 x 0 pixels', pngOf(400, 0), /cannot be read/],
		['a PNG without its header', Buffer.from('\x89PNG\r\n\x1a\nIEND', 'latin1'), /cannot be read/],
		['a JPG without its size', jpgOf([SCAN, Buffer.alloc(9)]), /^the file begins like a JPG image/],
	])('%s', (_name, made, problem) => {
		const verdict = checkImage(typeof made === 'function' ? made() : made);
		if (verdict.ok) throw new Error('It was taken.');
		expect(verdict.problem).toMatch(problem);
		expect(verdict.advice).toMatch(/^[A-Z].+\.$/);
	});

	function half(name: string): Buffer {
		const bytes = samples.read(name);
		return bytes.subarray(0, bytes.length / 2);
	}
});
