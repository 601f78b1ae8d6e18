import { riffChunk, riffWave } from '../../handMade';
import { corpusFiles, noise, patched, type Bases, type CorpusFile } from '../corpusFile';
import { id3WithCover } from './mp3';

const TRUNCATED = /WAV file is truncated/;

/** Offsets in a WAV whose format chunk comes first. */
const RIFF_SIZE = 4;
const BYTE_RATE = 28;
const BLOCK_BYTES = 32;

function number(value: number, bytes = 4): Buffer {
	const buffer = Buffer.alloc(bytes);
	buffer.writeUIntLE(value, 0, bytes);
	return buffer;
}

const sizeOffset = (wav: Buffer) => wav.indexOf('data') + 4;

/** As written into a pipe: the sizes are unknown. */
function withSize(wav: Buffer, size: number): Buffer {
	return patched(patched(wav, sizeOffset(wav), number(size)), RIFF_SIZE, number(size));
}

function withByteRate(wav: Buffer, factor: number): Buffer {
	const rate = Math.floor(wav.readUInt32LE(BYTE_RATE) * factor);
	return patched(wav, BYTE_RATE, number(rate));
}

/** Browsers write the block size and the byte rate of stereo for mono, as Recorder.js does. */
function withBlocks(wav: Buffer, factor: number): Buffer {
	const bytes = wav.readUInt16LE(BLOCK_BYTES) * factor;
	return patched(withByteRate(wav, factor), BLOCK_BYTES, number(bytes, 2));
}

const share = (bytes: Buffer, part: number) => bytes.subarray(0, Math.floor(bytes.length * part));

export function wavFiles(base: Bases): CorpusFile[] {
	const plain = base('16 bit.wav');
	const stereo = base('16 bit stereo.wav');
	const sound = plain.subarray(sizeOffset(plain) + 4);
	const format = plain.subarray(12, 36);
	const data = riffChunk('data', sound);
	const adpcm = base('ima adpcm.wav');
	const asMade = ['16 bit', '16 bit stereo', 'list chunk', '8 bit', '24 bit', '32 bit', 'float']
		.concat(['double', 'a-law', 'mu-law', '96 kHz', '6 channels', 'ms adpcm', 'ms adpcm stereo'])
		.concat(['ima adpcm', 'ima adpcm stereo', 'yamaha adpcm', 'g722', 'g726', 'wma'])
		.concat(['mp3', 'mp3 vbr', 'bext']);
	return corpusFiles(
		'WAV',
		'audio',
		{
			...Object.fromEntries(asMade.map((name) => [name, base(`${name}.wav`)])),
			'half the byte rate': withByteRate(plain, 0.5),
			'double the byte rate': withByteRate(stereo, 2),
			'no byte rate': withByteRate(plain, 0),
			'a byte rate of MP3 in 8 bits': withByteRate(base('8 bit.wav'), 0.25),
			'no block size': patched(plain, BLOCK_BYTES, number(0, 2)),
			'no byte rate, ADPCM': withByteRate(adpcm, 0),
			'twice the block size, as written by Recorder.js': withBlocks(plain, 2),
			'twice the block size, 8 bits': withBlocks(base('8 bit.wav'), 2),
			'four times the block size, 8 bits': withBlocks(base('8 bit.wav'), 4),
			'twice the block size, 24 bits': withBlocks(base('24 bit.wav'), 2),
			'twice the block size, float': withBlocks(base('float.wav'), 2),
			'twice the block size, A-law': withBlocks(base('a-law.wav'), 2),
			'twice the block size, stereo': withBlocks(stereo, 2),
			'size 0': withSize(plain, 0),
			'size FFFFFFFF': withSize(plain, 0xffffffff),
			'size FFFFFFFF less a header': withSize(plain, 0xffffffff - 36),
			'size 7FFFFFFF': withSize(plain, 0x7fffffff),
			'size 7FFFFFFF less a header': withSize(plain, 0x7fffffff - 36),
			'size 7FFFF000, as written by SoX': withSize(plain, 0x7ffff000),
			'size 80000000': withSize(stereo, 0x80000000),
			'size FFFFFFFF, ADPCM': withSize(adpcm, 0xffffffff),
			'size FFFFFFFF, MP3': withSize(base('mp3.wav'), 0xffffffff),
			'a wrong size of the whole file': patched(plain, RIFF_SIZE, number(99)),
			'chunks in front of the sound': riffWave(
				format,
				riffChunk('JUNK', Buffer.alloc(2000)),
				riffChunk('cue ', Buffer.alloc(28)),
				data,
			),
			'a chunk of odd size in front': riffWave(format, riffChunk('LIST', Buffer.alloc(21)), data),
			'chunks after the sound': riffWave(format, data, riffChunk('LIST', noise(90_000))),
			'a wrong number of samples in a fact chunk': riffWave(
				format,
				riffChunk('fact', number(99)),
				data,
			),
			'a tag at the end': Buffer.concat([plain, id3WithCover(noise(500))]),
			'zeros at the end': Buffer.concat([plain, Buffer.alloc(5000)]),
			'a few bytes missing': plain.subarray(0, -300),
			'half a sample at the end': plain.subarray(0, -1),
			'a part of the last block of IMA ADPCM': base('ima adpcm 8 kHz.wav').subarray(0, -4),
			'a part of the last block of Microsoft ADPCM': base('ms adpcm.wav').subarray(0, -4),
			'24 bits in blocks of four bytes': riffWave(
				patched(format, 20, Buffer.concat([number(4, 2), number(24, 2)])),
				riffChunk('data', Buffer.concat([sound, sound])),
			),
		},
		{
			'cut to half': [share(plain, 0.5), TRUNCATED],
			'cut to 80 %': [share(plain, 0.8), TRUNCATED],
			'stereo, cut to half': [share(stereo, 0.5), TRUNCATED],
			'ADPCM, cut to half': [share(adpcm, 0.5), TRUNCATED],
			'MP3, cut to half': [share(base('mp3.wav'), 0.5), TRUNCATED],
			RF64: [base('rf64.wav'), /is RF64 audio/],
			BW64: [patched(base('rf64.wav'), 0, Buffer.from('BW64')), /is BW64 audio/],
			Wave64: [base('a.w64'), /is Wave64 audio/],
			'a header alone': [plain.subarray(0, 44), /WAV, but its length cannot be read|truncated/],
			'no sample rate': [patched(plain, 24, number(0)), /WAV, but its length cannot be read/],
			'too short': [withSize(share(plain, 0.4), 0), /seconds long, but an avatar needs at least 2/],
		},
	);
}
