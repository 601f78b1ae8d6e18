import fc from 'fast-check';

import { checkAudio } from '../../../nodes/CometApiKling/media/audio/checkAudio';
import { wrapRawPcm } from '../../../nodes/CometApiKling/media/audio/rawPcm';
import { like } from '../../support/matchers';
import { noise } from '../corpus/corpusFile';
import { jpgOf, wavOf } from '../handMade';

const HINT = like(/^The MIME type of the audio contains no sample rate, so 24000 Hz is used\./);

/** A 16-bit little-endian tone. */
function pcm(samples: number): Buffer {
	const bytes = Buffer.alloc(samples * 2);
	for (let index = 0; index < samples; index++) {
		bytes.writeInt16LE(Math.round(12_000 * Math.sin(index / 9)), index * 2);
	}
	return bytes;
}

function headerOf(wav: Uint8Array) {
	const file = Buffer.from(wav);
	return {
		channels: file.readUInt16LE(22),
		rateHz: file.readUInt32LE(24),
		byteRate: file.readUInt32LE(28),
		blockBytes: file.readUInt16LE(32),
		bits: file.readUInt16LE(34),
		dataBytes: file.readUInt32LE(40),
		riffBytes: file.readUInt32LE(4),
	};
}

it('adds a header of 44 bytes', () => {
	const bytes = pcm(48_000);
	const wrapped = wrapRawPcm(bytes, 'audio/L16;codec=pcm;rate=24000');
	if (!wrapped) throw new Error('It was not wrapped.');
	expect(wrapped).not.toHaveProperty('hint');
	expect(Buffer.from(wrapped.bytes).subarray(44).equals(bytes)).toBe(true);
	expect(Buffer.from(wrapped.bytes).toString('latin1', 0, 4)).toBe('RIFF');
	expect(Buffer.from(wrapped.bytes).toString('latin1', 8, 16)).toBe('WAVEfmt ');
	expect(Buffer.from(wrapped.bytes).toString('latin1', 36, 40)).toBe('data');
	expect(headerOf(wrapped.bytes)).toEqual({
		...{ channels: 1, rateHz: 24_000, byteRate: 48_000, blockBytes: 2, bits: 16 },
		...{ dataBytes: 96_000, riffBytes: 96_036 },
	});
	expect(checkAudio(wrapped.bytes)).toEqual({
		ok: true,
		facts: { format: 'wav', mimeType: 'audio/wav', seconds: 2 },
	});
});

it.each([
	['audio/L16;rate=16000', 16_000, 1],
	['AUDIO/l16; Rate=8000; Channels=1', 8_000, 1],
	['audio/pcm;rate="44100";channels=2', 44_100, 2],
	['audio/x-pcm; channels=2; rate=48000', 48_000, 2],
	['audio/raw;rate=4000', 4_000, 1],
	['audio/x-l16;rate=192000', 192_000, 1],
	['audio/pcm;rate=24000;bits=16', 24_000, 1],
	['audio/linear16;rate=22050', 22_050, 1],
	['audio/pcm;rate=24000.0', 24_000, 1],
	['audio/pcm;rate=16k', 16_000, 1],
	['audio/pcm;rate=22.05 kHz', 22_050, 1],
	['audio/pcm;sample_rate=16000', 16_000, 1],
	['audio/pcm;samplerate=16000 Hz', 16_000, 1],
	['audio/pcm;Sample-Rate-Hertz=16000', 16_000, 1],
	['audio/pcm;rate=8000,channels=2', 8_000, 2],
	['audio/pcm;rate=8000;channels=stereo', 8_000, 2],
	['audio/pcm;rate=8000;num_channels=1', 8_000, 1],
	['audio/pcm;rate=8000;bitrate=128000;bits=;version=2', 8_000, 1],
	['audio/pcm;rate=8000;encoding=signed-integer;bits=16-bit', 8_000, 1],
	['audio/pcm;rate=8000;codecs=1;sample_width=2;encoding=LINEAR_PCM', 8_000, 1],
	['audio/x-raw, layout=(string)interleaved, rate=(int)8000, format=(string)S16LE', 8_000, 1],
])('%s has %d Hz and %d channels', (mimeType, rateHz, channels) => {
	const wrapped = wrapRawPcm(pcm(1_000), mimeType);
	expect(wrapped).not.toHaveProperty('hint');
	expect(headerOf(wrapped?.bytes ?? Buffer.alloc(44))).toMatchObject({
		rateHz,
		channels,
		blockBytes: 2 * channels,
		byteRate: 2 * channels * rateHz,
	});
});

it.each(['audio/pcm', 'audio/L16', 'audio/pcm;rate=', 'audio/pcm;channels=1'])(
	'%s has 24,000 Hz with a hint',
	(mimeType) => {
		const wrapped = wrapRawPcm(pcm(1_000), mimeType);
		expect(wrapped?.hint).toEqual(HINT);
		expect(headerOf(wrapped?.bytes ?? Buffer.alloc(44))).toMatchObject({
			rateHz: 24_000,
			channels: 1,
		});
	},
);

it.each([
	'audio/pcm;rate=fast',
	'audio/pcm;rate=3999',
	'audio/pcm;rate=192001',
	'audio/pcm;rate=-16000',
	'audio/pcm;channels=0',
	'audio/pcm;channels=9',
	'audio/pcm;channels=two',
	'audio/pcm;rate=8000;encoding=mulaw',
	'audio/pcm;rate=16000;encoding=float',
	'audio/pcm;rate=16000;codec=opus',
	'audio/pcm;rate=8000;bits_per_sample=32',
	'audio/pcm;rate=8000;sample-size=8',
	'audio/pcm;rate=8000;sample_width=1',
	'audio/raw;encoding=alaw',
	'audio/raw;encoding=unsigned-integer;bits=16',
	'audio/x-raw, format=(string)F32LE, rate=(int)16000',
	'audio/pcm;rate=24000;endianness=middle',
])('does not wrap %s, since the sound would be wrong', (mimeType) => {
	expect(wrapRawPcm(pcm(1_000), mimeType)).toBeUndefined();
});

describe('the byte order', () => {
	const little = pcm(1_000);
	const big = Buffer.from(little).swap16();
	/** Its bytes do not show the order. */
	const unclear = noise(2_000);

	it.each([
		['little endian', little, 'audio/L16;rate=24000', little],
		[
			'big endian, as the MIME type says',
			big,
			'audio/l16;rate=22050;endianness=big-endian',
			little,
		],
		['big endian by its bytes', big, 'audio/L16;rate=24000', little],
		['big endian by its bytes, not as the MIME type says', big, 'audio/s16le;rate=8000', little],
		['little endian by its bytes', little, 'audio/L16;rate=8000;endianness=big-endian', little],
		['unclear', unclear, 'audio/L16;rate=24000', unclear],
		['unclear, little by the MIME type', unclear, 'audio/pcm;endian=little', unclear],
		...[';endian=big', ';byte-order=BE', ';encoding=pcm_s16be', ';codec=pcm;format="S16BE"'].map(
			(parameter): [string, Buffer, string, Buffer] => [
				`unclear, big by "${parameter}"`,
				unclear,
				`audio/pcm${parameter}`,
				Buffer.from(unclear).swap16(),
			],
		),
		['unclear, big by the type', unclear, 'audio/s16be', Buffer.from(unclear).swap16()],
	])('%s', (_name, bytes, mimeType, samples) => {
		const wrapped = wrapRawPcm(bytes, mimeType);
		expect(Buffer.from(wrapped?.bytes.subarray(44) ?? []).equals(samples)).toBe(true);
	});

	it('does not change the bytes of the input', () => {
		const input = Buffer.from(big);
		wrapRawPcm(input, 'audio/L16');
		expect(input.equals(big)).toBe(true);
	});
});

it('leaves out half a sample at the end', () => {
	const wrapped = wrapRawPcm(pcm(100).subarray(0, -1), 'audio/pcm;rate=24000');
	expect(wrapped?.bytes).toHaveLength(44 + 198);
	const stereo = wrapRawPcm(pcm(101), 'audio/pcm;rate=24000;channels=2');
	expect(stereo?.bytes).toHaveLength(44 + 200);
});

it('wraps samples that look like the start of a stream', () => {
	for (const start of [
		[0xff, 0xfb, 0x90, 0],
		[0xff, 0xf1, 0x50, 0x80],
		[0xff, 0xfd, 0x90, 0],
	]) {
		const bytes = Buffer.concat([Buffer.from(start), pcm(5_000)]);
		expect(wrapRawPcm(bytes, 'audio/pcm')).toBeDefined();
	}
});

it('wraps silence', () => {
	expect(wrapRawPcm(Buffer.alloc(96_000), 'audio/pcm')?.bytes).toHaveLength(96_044);
});

/** MPEG 1, layer III, 128 kbit/s, 48 kHz. */
const MP3_FRAME = Buffer.concat([Buffer.from([0xff, 0xfb, 0x94, 0]), Buffer.alloc(380)]);
const MP3 = Buffer.concat(new Array<Buffer>(100).fill(MP3_FRAME));

it.each([
	['another MIME type', pcm(1_000), 'audio/wav'],
	['no MIME type', pcm(1_000), ''],
	['any bytes', pcm(1_000), 'application/octet-stream'],
	['a type that only resembles one for PCM', pcm(1_000), 'video/pcm'],
	['24 bits', pcm(1_000), 'audio/L24;rate=24000'],
	['24 bits by a parameter', pcm(1_000), 'audio/pcm;rate=24000;bits=24'],
	['8 bits by a parameter', pcm(1_000), 'audio/pcm;bitdepth=8'],
	['mu-law', pcm(1_000), 'audio/basic'],
	['nothing', Buffer.alloc(0), 'audio/pcm'],
	['a WAV', wavOf(3), 'audio/pcm'],
	['a WAV that cannot be read', Buffer.from('RIFF\x04\0\0\0WAVE', 'latin1'), 'audio/pcm'],
	['an MP3', MP3, 'audio/L16;rate=24000'],
	['an MP3 after padding', Buffer.concat([Buffer.alloc(99), MP3]), 'audio/pcm'],
	['an MP3 tag', Buffer.from('ID3\x04\0\0\0\0\0\0', 'latin1'), 'audio/pcm'],
	['a picture', jpgOf(), 'audio/pcm'],
	['an error as JSON', Buffer.from('{"error": "no credit"}'), 'audio/pcm'],
	['a web page', Buffer.from('<!DOCTYPE html>'), 'audio/pcm'],
	['base64', Buffer.from(pcm(1_000).toString('base64')), 'audio/L16;rate=24000'],
])('does not wrap %s', (_name, bytes, mimeType) => {
	expect(wrapRawPcm(bytes, mimeType)).toBeUndefined();
});

it('any MIME type and any bytes give a readable WAV, or nothing', () => {
	const part = fc.constantFrom('rate=', '24000', ';', 'channels=', '2', '"', ' ', 'bits=16', '\0');
	const mimeType = fc.tuple(fc.constantFrom('audio/pcm', 'audio/L16', 'audio/'), fc.array(part));
	fc.assert(
		fc.property(
			mimeType,
			fc.uint8Array({ minLength: 1, maxLength: 600 }),
			([type, parts], bytes) => {
				const wrapped = wrapRawPcm(bytes, `${type};${parts.join('')}`);
				if (!wrapped) return;
				const { channels, dataBytes } = headerOf(wrapped.bytes);
				expect(wrapped.bytes).toHaveLength(44 + dataBytes);
				expect(dataBytes).toBe(bytes.length - (bytes.length % (2 * channels)));
			},
		),
	);
});
