import { readWav } from '../../../nodes/CometApiKling/media/audio/wav';
import { WAV_TAG } from '../../../nodes/CometApiKling/media/audio/wavFormat';
import { riffChunk, riffWave } from '../handMade';

interface FormatFields {
	tag?: number;
	channels?: number;
	rateHz?: number;
	byteRate?: number;
	blockBytes?: number;
	bits?: number;
	/** After the basic fields: the size of the extension, and the extension. */
	extra?: number[];
}

function format(fields: FormatFields): Buffer {
	const { tag = WAV_TAG.pcm, channels = 1, rateHz = 8_000, byteRate = 0, bits = 16 } = fields;
	const { blockBytes = (channels * bits) / 8, extra = [] } = fields;
	const content = Buffer.alloc(16 + extra.length * 2);
	content.writeUInt16LE(tag, 0);
	content.writeUInt16LE(channels, 2);
	content.writeUInt32LE(rateHz, 4);
	content.writeUInt32LE(byteRate, 8);
	content.writeUInt16LE(blockBytes, 12);
	content.writeUInt16LE(bits, 14);
	extra.forEach((value, index) => content.writeUInt16LE(value, 16 + index * 2));
	return riffChunk('fmt ', content);
}

function fact(samples: number): Buffer {
	const content = Buffer.alloc(4);
	content.writeUInt32LE(samples);
	return riffChunk('fact', content);
}

const data = (bytes: number, size?: number) => riffChunk('data', Buffer.alloc(bytes), size);
const ADPCM = { tag: WAV_TAG.imaAdpcm, blockBytes: 256, bits: 4 };

test.each<[string, Buffer[], number]>([
	['16 bits', [format({}), data(48_000)], 3],
	['16 bits in stereo', [format({ channels: 2 }), data(96_000)], 3],
	['half the byte rate', [format({ byteRate: 8_000 }), data(48_000)], 3],
	['twice the byte rate', [format({ byteRate: 32_000 }), data(48_000)], 3],
	['no block size', [format({ blockBytes: 0 }), data(48_000)], 3],
	['a block size of one channel', [format({ channels: 2, blockBytes: 2 }), data(96_000)], 3],
	['a block size far too large', [format({ blockBytes: 999 }), data(48_000)], 3],
	[
		'the block size of stereo in mono',
		[format({ byteRate: 32_000, blockBytes: 4 }), data(48_000)],
		3,
	],
	['8 bits in the blocks of stereo', [format({ bits: 8, blockBytes: 2 }), data(24_000)], 3],
	['8 bits in blocks of four bytes', [format({ bits: 8, blockBytes: 4 }), data(24_000)], 3],
	['24 bits in the blocks of stereo', [format({ bits: 24, blockBytes: 6 }), data(72_000)], 3],
	['20 bits in blocks of four bytes', [format({ bits: 20, blockBytes: 4 }), data(72_000)], 3],
	['stereo with twice the block size', [format({ channels: 2, blockBytes: 8 }), data(96_000)], 3],
	[
		'floats in the blocks of stereo',
		[format({ tag: WAV_TAG.float, bits: 32, blockBytes: 8 }), data(96_000)],
		3,
	],
	[
		'A-law in the blocks of stereo',
		[format({ tag: WAV_TAG.aLaw, bits: 8, blockBytes: 2 }), data(24_000)],
		3,
	],
	['A-law with 16 bits', [format({ tag: WAV_TAG.aLaw, bits: 16 }), data(24_000)], 3],
	['24 bits', [format({ bits: 24 }), data(72_000)], 3],
	['24 bits stored in 32', [format({ bits: 24, blockBytes: 4 }), data(96_000)], 3],
	['12 bits stored in 16', [format({ bits: 12, blockBytes: 2 }), data(48_000)], 3],
	['floats', [format({ tag: WAV_TAG.float, bits: 32 }), data(96_000)], 3],
	['A-law', [format({ tag: WAV_TAG.aLaw, bits: 8 }), data(24_000)], 3],
	['mu-law', [format({ tag: WAV_TAG.muLaw, bits: 8 }), fact(9), data(24_000)], 3],
	[
		'an extensible format',
		[format({ tag: WAV_TAG.extensible, extra: [22, 16, 4, 0, WAV_TAG.pcm, 0] }), data(48_000)],
		3,
	],
	// A block of 256 bytes holds 505 samples.
	['IMA ADPCM', [format(ADPCM), data(2560)], 5050 / 8000],
	['IMA ADPCM in stereo', [format({ ...ADPCM, channels: 2 }), data(2560)], 2490 / 8000],
	// The state in the 40 bytes of the last block holds one sample, and the other 36 hold 72.
	['ADPCM with a truncated last block', [format(ADPCM), data(2600)], 5123 / 8000],
	['ADPCM with the state of a block alone', [format(ADPCM), data(2564)], 5050 / 8000],
	[
		'Microsoft ADPCM in stereo with a truncated last block',
		[format({ ...ADPCM, tag: WAV_TAG.msAdpcm, channels: 2 }), data(2560 + 44)],
		(2440 + 32) / 8000,
	],
	['ADPCM with a wrong fact chunk', [format(ADPCM), fact(1), data(2560)], 5050 / 8000],
	// A block of 256 bytes holds 500 samples.
	['Microsoft ADPCM', [format({ ...ADPCM, tag: WAV_TAG.msAdpcm }), data(2560)], 5000 / 8000],
	[
		'GSM',
		[format({ tag: WAV_TAG.gsm, blockBytes: 65, bits: 0, extra: [2, 320] }), data(6500)],
		32_000 / 8000,
	],
	['another format, by its fact chunk', [format({ tag: 0x161 }), fact(16_000), data(99)], 2],
	['another format, by its byte rate', [format({ tag: 0x161, byteRate: 1000 }), data(3000)], 3],
	['a fact chunk of 0', [format({ tag: 0x161, byteRate: 1000 }), fact(0), data(3000)], 3],
])('reads the length of %s', (_name, chunks, seconds) => {
	const length = readWav(riffWave(...chunks));
	if (typeof length === 'string') throw new Error(length);
	expect(length.seconds).toBeCloseTo(seconds, 6);
});

/** MPEG 1, layer III, 128 kbit/s, 48 kHz: 24 ms. */
const FRAME = Buffer.concat([Buffer.from([0xff, 0xfb, 0x94, 0]), Buffer.alloc(380)]);
const FRAMES = Buffer.concat(new Array<Buffer>(100).fill(FRAME));

test('counts the frames of MP3 in a WAV', () => {
	const mp3 = format({ tag: WAV_TAG.mp3, byteRate: 9, bits: 0 });
	expect(readWav(riffWave(mp3, fact(9), riffChunk('data', FRAMES)))).toEqual({
		seconds: expect.closeTo(2.4, 6) as unknown,
	});
	expect(readWav(riffWave(mp3, data(5000)))).toBe('unreadable');
});

test.each([
	['no sample rate', [format({ rateHz: 0 }), data(48_000)]],
	['no channels', [format({ channels: 0 }), data(48_000)]],
	['no bits', [format({ bits: 0 }), data(48_000)]],
	['a compressed format without details', [format({ tag: 0x161 }), data(48_000)]],
	['ADPCM without a block size', [format({ ...ADPCM, blockBytes: 0 }), data(48_000)]],
	['ADPCM with blocks that hold no samples', [format({ ...ADPCM, blockBytes: 1 }), data(48_000)]],
	['GSM without details', [format({ tag: WAV_TAG.gsm, blockBytes: 65, bits: 0 }), data(6500)]],
])('finds no length with %s', (_name, chunks) => {
	expect(readWav(riffWave(...chunks))).toBe('unreadable');
});

test.each([
	0xffffffff, 0xffffffdb, 0xfffffff7, 0x7fffffff, 0x7fffffdb, 0x7ffff000, 0x7fff0000, 0x80000000, 0,
])('treats a size of %d bytes as unknown', (size) => {
	expect(readWav(riffWave(format({}), data(48_000, size)))).toEqual({ seconds: 3 });
});

test.each([
	['half of the sound', 96_000, 'cut'],
	['89 % of the sound', 53_933, 'cut'],
	['all but a tenth', 53_333, { seconds: 3 }],
	['a little less than stated', 48_300, { seconds: 3 }],
	['almost nothing of 2 GB', 0x7ffeffff, 'cut'],
	['more than stated', 32_000, { seconds: 2 }],
])('%s is there', (_name, size, length) => {
	expect(readWav(riffWave(format({}), data(48_000, size)))).toEqual(length);
});
