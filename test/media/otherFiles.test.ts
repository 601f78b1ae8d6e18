import { gzipSync } from 'node:zlib';

import { checkAudio } from '../../nodes/CometApiKling/media/audio/checkAudio';
import { checkImage } from '../../nodes/CometApiKling/media/image/checkImage';
import { like } from '../support/matchers';
import { Samples, film, picture, tone } from './samples';

const samples = new Samples();

/** Files of a different kind than expected, by name: ffmpeg's arguments. */
const RECIPES: Record<string, string[]> = {
	'a.gif': picture(320, 320),
	'a.webp': picture(320, 320),
	'a.bmp': picture(320, 320),
	'a.tiff': picture(320, 320),
	'a.jpg': picture(320, 320),
	'a.png': picture(320, 320),
	'a.mp3': tone(3),
	'film.mp4': [...film(3), ...tone(3), '-c:v', 'libx264', '-c:a', 'aac'],
	'silent.mp4': [...film(3), '-c:v', 'libx264'],
	'film.m4a': [...film(3), ...tone(3), '-c:v', 'libx264', '-c:a', 'aac', '-f', 'ipod'],
	'film.mov': [...film(3), ...tone(3), '-c:v', 'libx264', '-c:a', 'aac'],
	'film.webm': [...film(2), '-c:v', 'libvpx', '-b:v', '50k'],
	'film.avi': film(2),
	'a.ogg': [...tone(3), '-c:a', 'libvorbis'],
	'a.opus': [...tone(3), '-c:a', 'libopus'],
	'a.flac': tone(3),
	'a.aiff': tone(3),
	'a.mp2': tone(3),
	'a.amr': [...tone(3), '-ar', '8000', '-c:a', 'libopencore_amrnb'],
};

const HEIC = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1');
const TEXTS = {
	pdf: Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3', 'latin1'),
	html: Buffer.from('\ufeff\n<!DOCTYPE html><title>Not found</title>'),
	svg: Buffer.from('<?xml version="1.0"?>\n<!-- made by hand -->\n<svg width="300"/>'),
	xml: Buffer.from('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'),
	json: Buffer.from(' {"error": "not found"}'),
	plain: Buffer.from('Grüße, 世界'),
	link: Buffer.from('https://example.com/face.png'),
	dataLink: Buffer.from('data:image/png;base64,AAAA'),
};
const ZIP = Buffer.from('PK\x03\x04\x14\0', 'latin1');
const GZIP = gzipSync('text');
const NOISE = Buffer.from([0x80, 0x00, 0x01, 0x02, 0xfe]);

beforeAll(async () => {
	for (const [name, args] of Object.entries(RECIPES)) await samples.make(name, ...args);
});
afterAll(() => samples.remove());

const NO_IMAGE: Array<[string | Buffer, string, RegExp]> = [
	['a.gif', 'a GIF image', /Edit Image/],
	['a.webp', 'a WebP image', /Edit Image/],
	['a.bmp', 'a BMP image', /Edit Image/],
	['a.tiff', 'a TIFF image', /Edit Image/],
	[HEIC, 'a HEIC image', /magick input\.heic/],
	[TEXTS.svg, 'an SVG drawing', /magick input\.svg/],
	[NOISE, 'not in a known image format', /^Check the node/],
	['a.mp3', 'MP3 audio', /^Check the node/],
	['film.mp4', 'an MP4 video', /^Check the node/],
	[TEXTS.pdf, 'a PDF document', /^Check the node/],
	[TEXTS.html, 'a web page', /^Check the node/],
	[TEXTS.xml, 'an XML document', /^Check the node/],
	[TEXTS.json, 'JSON text', /^Check the node/],
	[TEXTS.plain, 'plain text', /^Check the node/],
	[TEXTS.link, 'a URL saved as text', /^Set 'Image Source' to URL/],
	[TEXTS.dataLink, 'a data: URL saved as text', /^Set 'Image Source' to Base64/],
	[ZIP, 'a ZIP archive or an Office document', /Compression node/],
	[GZIP, 'a gzip archive', /Compression node/],
];

it.each(NO_IMAGE)('as an image: %s is %s', (file, name, advice) => {
	expect(checkImage(typeof file === 'string' ? samples.read(file) : file)).toEqual({
		ok: false,
		problem: `the file is ${name}; Kling accepts JPG and PNG`,
		advice: like(advice),
	});
});

const NO_AUDIO: Array<[string | Buffer, string, RegExp]> = [
	['a.ogg', 'Ogg audio', /^Convert it to MP3/],
	['a.opus', 'Ogg audio', /^Convert it to MP3/],
	['a.flac', 'FLAC audio', /^Convert it to MP3/],
	['a.aiff', 'AIFF audio', /^Convert it to MP3/],
	['a.amr', 'AMR audio', /^Convert it to MP3/],
	['a.mp2', 'MP2 audio', /^Convert it to MP3/],
	[NOISE, 'not in a known audio format', /^Check the node/],
	['film.mp4', 'an MP4 video', /^Extract the audio/],
	['film.m4a', 'an MP4 video', /^Extract the audio/],
	['film.mov', 'a QuickTime video', /^Extract the audio/],
	['film.webm', 'a WebM or Matroska video', /^Extract the audio/],
	['film.avi', 'an AVI video', /^Extract the audio/],
	['a.jpg', 'a JPG image', /^Check the node/],
	['a.png', 'a PNG image', /^Check the node/],
	[TEXTS.html, 'a web page', /^Check the node/],
	[TEXTS.json, 'JSON text', /^Check the node/],
	[TEXTS.plain, 'plain text', /^Check the node/],
	[TEXTS.svg, 'an SVG drawing', /^Check the node/],
];

it.each(NO_AUDIO)('as audio: %s is %s', (file, name, advice) => {
	expect(checkAudio(typeof file === 'string' ? samples.read(file) : file)).toEqual({
		ok: false,
		problem: `the file is ${name}; Kling accepts MP3, WAV, M4A and AAC`,
		advice: like(advice),
	});
});

it('recognizes FLAC after an ID3 tag', () => {
	const tagged = Buffer.concat([
		Buffer.from('ID3\x04\0\0\0\0\0\0', 'latin1'),
		samples.read('a.flac'),
	]);
	expect(checkAudio(tagged)).toMatchObject({ problem: like(/is FLAC audio/) });
});

const BROKEN_AUDIO: Array<[string, Buffer, string]> = [
	['nothing', Buffer.alloc(0), 'the file is empty'],
	[
		'an MP3 with only tags',
		Buffer.from('ID3\x04\0\0\0\0\0\0', 'latin1'),
		'the file looks like MP3, but its length cannot be read; it may be damaged or truncated',
	],
	[
		'a WAV with only headers',
		Buffer.from('RIFF\x04\0\0\0WAVE', 'latin1'),
		'the file looks like WAV, but its length cannot be read; it may be damaged or truncated',
	],
	[
		'ADTS with only a header',
		Buffer.from([0xff, 0xf1, 0x50, 0x80, 0x02]),
		'the file looks like AAC, but its length cannot be read; it may be damaged or truncated',
	],
	[
		'a truncated M4A',
		Buffer.from('\0\0\0\x10ftypM4A \0\0\0\0\0\0\0\x40mdat', 'latin1'),
		'the M4A file is truncated: it holds less audio than its header says',
	],
	[
		'an M4A without tracks',
		Buffer.from('\0\0\0\x10ftypM4A \0\0\0\0\0\0\0\x08moov', 'latin1'),
		'the file is an MP4 file without an audio track',
	],
];

it.each(BROKEN_AUDIO)('as audio: %s', (_name, bytes, problem) => {
	const advice = like(/^[A-Z].+\.$/);
	expect(checkAudio(bytes)).toEqual({ ok: false, problem, advice });
});
