import { corpusFiles, noise, patched, type Bases, type CorpusFile } from '../corpusFile';

const START_OF_IMAGE_BYTES = 2;
const END_OF_IMAGE = Buffer.from([0xff, 0xd9]);
const JPG_MARKER = 0xff;

function segment(marker: number, content: Buffer): Buffer {
	const head = Buffer.from([JPG_MARKER, marker, 0, 0]);
	head.writeUInt16BE(content.length + 2, 2);
	return Buffer.concat([head, content]);
}

/** A JPG with extra bytes before each of its segments up to the scan. */
function beforeSegments(jpg: Buffer, extra: Buffer): Buffer {
	const parts = [jpg.subarray(0, START_OF_IMAGE_BYTES)];
	let offset = START_OF_IMAGE_BYTES;
	while (jpg.readUInt8(offset + 1) !== 0xda) {
		const end = offset + 2 + jpg.readUInt16BE(offset + 2);
		// The first segment is left out, because it identifies the file.
		if (parts.length > 1) parts.push(extra);
		parts.push(jpg.subarray(offset, end));
		offset = end;
	}
	return Buffer.concat([...parts, extra, jpg.subarray(offset)]);
}

const withSegments = (jpg: Buffer, ...segments: Buffer[]) =>
	Buffer.concat([jpg.subarray(0, 2), ...segments, jpg.subarray(2)]);

const exifWith = (preview: Buffer) =>
	segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0MM\0*\0\0\0\x08', 'latin1'), preview]));

const share = (bytes: Buffer, part: number) => bytes.subarray(0, Math.floor(bytes.length * part));

export function jpgFiles(base: Bases): CorpusFile[] {
	const plain = base('baseline.jpg');
	const preview = base('small.jpg');
	const withPreview = withSegments(plain, exifWith(preview));
	const clip = base('film.mp4');
	const marks = Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0]);
	const names = ['baseline', 'portrait', 'odd size', 'gray', '444', 'fine'];
	const truncated = /image is truncated/;
	return corpusFiles(
		'JPG',
		'image',
		{
			...Object.fromEntries(names.map((name) => [name, base(`${name}.jpg`)])),
			'a clip after the picture': Buffer.concat([plain, clip]),
			'a clip with scan markers after it': Buffer.concat([plain, clip, marks, noise(500)]),
			'a clip and the Samsung marker': Buffer.concat([
				plain,
				Buffer.from('MotionPhoto_Data'),
				clip,
				Buffer.from('SEFH\x6b\0\0\0\x01\0\0\0SEFT', 'latin1'),
			]),
			'a second picture after it, as in Ultra HDR': Buffer.concat([plain, preview]),
			'a truncated second picture after it': Buffer.concat([plain, share(preview, 0.5)]),
			'zeros at the end': Buffer.concat([plain, Buffer.alloc(10_000)]),
			'a line break at the end': Buffer.concat([plain, Buffer.from('\r\n')]),
			'fill bytes in front of markers': beforeSegments(plain, Buffer.alloc(3, 0xff)),
			'many fill bytes in front of markers': beforeSegments(plain, Buffer.alloc(500, 0xff)),
			'zeros between segments': beforeSegments(plain, Buffer.alloc(4)),
			'stray bytes between segments': beforeSegments(plain, Buffer.from('stray')),
			'stray FF 00 between segments': beforeSegments(plain, Buffer.from([0xff, 0, 0x20, 0x20, 7])),
			'a preview in EXIF': withPreview,
			'a preview in EXIF, and a clip after it': Buffer.concat([withPreview, clip]),
			'a large preview in EXIF': withSegments(
				plain,
				exifWith(base('portrait.jpg').subarray(0, 60_000)),
			),
			'EXIF of 64 kB': withSegments(plain, exifWith(noise(65_000))),
			'several parts of a color profile': withSegments(
				plain,
				...[1, 2, 3].map((part) =>
					segment(0xe2, Buffer.concat([Buffer.from(`ICC_PROFILE\0${part}3`), noise(40_000, part)])),
				),
			),
			'a comment': withSegments(plain, segment(0xfe, Buffer.from('made by hand'))),
			'an empty comment': withSegments(plain, segment(0xfe, Buffer.alloc(0))),
		},
		{
			'cut to half': [share(plain, 0.5), truncated],
			'cut within its preview': [share(withPreview, 0.1), truncated],
			'with a preview, cut to half': [share(withPreview, 0.5), truncated],
			'its end missing': [plain.subarray(0, -2), truncated],
			'no frame header': [
				patched(plain, plain.indexOf(Buffer.from([0xff, 0xc0])), Buffer.from([0xff, 0xec])),
				/size in pixels cannot be read/,
			],
			'headers alone': [
				Buffer.concat([plain.subarray(0, plain.indexOf(Buffer.from([0xff, 0xda]))), END_OF_IMAGE]),
				/size in pixels cannot be read/,
			],
			'too small': [
				base('too small.jpg'),
				/299 x 400 pixels, but each side must be at least 300 pixels long/,
			],
			'too wide': [
				base('too wide.jpg'),
				/800 x 300 pixels, but the longer side can be at most 2\.5 times/,
			],
			'a preview alone': [preview, /160 x 120 pixels/],
		},
	);
}
