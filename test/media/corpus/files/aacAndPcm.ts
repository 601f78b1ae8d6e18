import { corpusFiles, noise, patched, type Bases, type CorpusFile } from '../corpusFile';
import { id3WithCover } from './mp3';

export function aacFiles(base: Bases): CorpusFile[] {
	const plain = base('adts.aac');
	const names = ['adts', 'adts stereo', 'adts 8 kHz', 'adts 24 kHz', 'adts tagged'];
	return corpusFiles('AAC', 'audio', {
		...Object.fromEntries(names.map((name) => [name, base(`${name}.aac`)])),
		'two files joined': Buffer.concat([plain, plain]),
		'joined, a cover of 200 kB between': Buffer.concat([
			plain,
			id3WithCover(noise(200_000)),
			plain,
		]),
		'a cover of 100 kB in front': Buffer.concat([id3WithCover(noise(100_000)), plain]),
		'an old tag at the end': Buffer.concat([plain, Buffer.from('TAG'), Buffer.alloc(125, ' ')]),
		'the last frame cut': plain.subarray(0, -50),
		'from the middle of a frame on': plain.subarray(1000),
		'padding in front': Buffer.concat([Buffer.alloc(500), plain]),
		'a line end in front': Buffer.concat([Buffer.from('\r\n'), plain]),
		'a tag and padding in front': Buffer.concat([
			id3WithCover(noise(99)),
			Buffer.alloc(500),
			plain,
		]),
		'cut to 70 %': plain.subarray(0, Math.floor(plain.length * 0.7)),
	});
}

/** Raw PCM with the MIME types of speech APIs; `bytes` get a header if the type says so. */
export function pcmFiles(base: Bases): CorpusFile[] {
	const pcm = base('24 kHz.s16');
	const typed = (mimeType: string, bytes: Buffer): CorpusFile => ({
		format: 'Raw PCM',
		name: mimeType,
		bytes,
		checkedAs: 'audio',
		mimeType,
	});
	return [
		typed('audio/L16;codec=pcm;rate=24000', pcm),
		typed('audio/L16; rate=16000', base('16 kHz.s16')),
		typed('audio/l16; rate="16000"; channels=1', base('16 kHz.s16')),
		typed('audio/pcm', pcm),
		typed('audio/x-pcm;rate=24000', pcm),
		typed('audio/L16;rate=44100;channels=2', base('stereo 44 kHz.s16')),
		typed('audio/l16;rate=24000;endianness=big-endian', base('big endian.s16')),
		typed('audio/pcm;sample_rate=16k', base('16 kHz.s16')),
		typed('audio/pcm;rate=16000.0,channels=1', base('16 kHz.s16')),
		typed('audio/x-raw, rate=(int)16000, format=(string)S16LE', base('16 kHz.s16')),
		{
			...typed('audio/pcm;rate=8000;encoding=mulaw', base('mu-law.wav').subarray(100)),
			refusal: /not in a known audio format/,
		},
		{
			...typed('audio/pcm;rate=8000;bits_per_sample=32', base('32 bit.wav').subarray(100)),
			refusal: /not in a known audio format/,
		},
		{ ...typed('audio/pcm;rate=24000', pcm.subarray(0, -1)), name: 'half a sample at the end' },
		{ ...typed('audio/pcm', base('16 bit.wav')), name: 'a WAV with a PCM type' },
		{ ...typed('audio/L16;rate=8000', base('cbr bare.mp3')), name: 'an MP3 with a PCM type' },
		{
			...typed('audio/pcm', patched(pcm, 0, Buffer.from([0xff, 0xfb]))),
			name: 'samples that look like the start of an MP3',
		},
		{
			...typed('application/octet-stream', pcm),
			name: 'without its type',
			refusal: /looks like raw PCM audio/,
		},
		{
			...typed('application/octet-stream', base('big endian.s16')),
			name: 'big-endian, without its type',
			refusal: /looks like raw PCM audio/,
		},
		{
			...typed('audio/pcm', Buffer.from('{"error": "no credit left for this voice"}')),
			name: 'JSON with a PCM type',
			refusal: /is JSON text/,
		},
	];
}
