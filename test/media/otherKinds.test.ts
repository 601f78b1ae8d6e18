/** The same as otherFiles.test.ts with real files, from first bytes alone: quick, and for every kind. */
import { checkAudio } from '../../nodes/CometApiKling/media/audio/checkAudio';
import { checkImage } from '../../nodes/CometApiKling/media/image/checkImage';
import { kindOf, sniffMedia } from '../../nodes/CometApiKling/media/kind';
import { readAudio } from '../../nodes/CometApiKling/media/audio/readAudio';
import { M4A_START, box, track, wavOf } from './handMade';
import { like } from '../support/matchers';

type Family = 'image' | 'audio' | 'video' | 'other';

/** First bytes, and what they are: name, MIME type, ending and family. */
const KINDS: Array<[start: string, name: string, mimeType: string, ending: string, Family]> = [
	['\xff\xd8\xff', 'a JPG image', 'image/jpeg', 'jpg', 'image'],
	['\x89PNG\r\n\x1a\n', 'a PNG image', 'image/png', 'png', 'image'],
	['GIF89a', 'a GIF image', 'image/gif', 'gif', 'image'],
	['RIFF\x01\x02\x03\x04WEBP', 'a WebP image', 'image/webp', 'webp', 'image'],
	['RIFF\x01\x02\x03\x04WAVE', 'WAV audio', 'audio/wav', 'wav', 'audio'],
	['RIFF\x01\x02\x03\x04AVI ', 'an AVI video', 'video/x-msvideo', 'avi', 'video'],
	['BM\x36\x10\x0e\0\0\0\0\0', 'a BMP image', 'image/bmp', 'bmp', 'image'],
	['II*\0\x08', 'a TIFF image', 'image/tiff', 'tif', 'image'],
	['MM\0*\0', 'a TIFF image', 'image/tiff', 'tif', 'image'],
	['OggS\0', 'Ogg audio', 'audio/ogg', 'ogg', 'audio'],
	['fLaC\0', 'FLAC audio', 'audio/flac', 'flac', 'audio'],
	['FORM\x01\x02\x03\x04AIFF', 'AIFF audio', 'audio/aiff', 'aif', 'audio'],
	['FORM\x01\x02\x03\x04AIFC', 'AIFF audio', 'audio/aiff', 'aif', 'audio'],
	['#!AMR\n', 'AMR audio', 'audio/amr', 'amr', 'audio'],
	['\x1a\x45\xdf\xa3', 'a WebM or Matroska video', 'video/webm', 'webm', 'video'],
	['ID3\x04', 'MP3 audio', 'audio/mpeg', 'mp3', 'audio'],
	['\xff\xfb\x90', 'MP3 audio', 'audio/mpeg', 'mp3', 'audio'],
	['\xff\xf1\x50', 'AAC audio', 'audio/aac', 'aac', 'audio'],
	['\xff\xfd\x90', 'MP2 audio', 'audio/mpeg', 'mp2', 'audio'],
	['%PDF-1.7', 'a PDF document', 'application/pdf', 'pdf', 'other'],
	['PK\x03\x04', 'a ZIP archive or an Office document', 'application/zip', 'zip', 'other'],
	['\x1f\x8b\x08', 'a gzip archive', 'application/gzip', 'gz', 'other'],
	['\0\0\0\x18ftypM4A ', 'M4A audio', 'audio/mp4', 'm4a', 'audio'],
	['\0\0\0\x18ftypM4B ', 'M4A audio', 'audio/mp4', 'm4a', 'audio'],
	...['heic', 'heix', 'hevc', 'mif1', 'msf1'].map((brand): (typeof KINDS)[number] => [
		`\0\0\0\x18ftyp${brand}`,
		'a HEIC image',
		'image/heic',
		'heic',
		'image',
	]),
	['\0\0\0\x18ftypavif', 'an AVIF image', 'image/avif', 'avif', 'image'],
	['\0\0\0\x18ftypqt  ', 'a QuickTime video', 'video/quicktime', 'mov', 'video'],
	['\0\0\0\x18ftypisom', 'an MP4 video', 'video/mp4', 'mp4', 'video'],
	['<!DOCTYPE html>', 'a web page', 'text/html', 'html', 'other'],
	['<html>', 'a web page', 'text/html', 'html', 'other'],
	['<svg width="1">', 'an SVG drawing', 'image/svg+xml', 'svg', 'other'],
	['<?xml version="1.0"?><a/>', 'an XML document', 'application/xml', 'xml', 'other'],
	['{"a": 1}', 'JSON text', 'application/json', 'json', 'other'],
	['data:image/png;base64,AA', 'the text of a data: link', 'text/plain', 'txt', 'other'],
	['https://example.com', 'the text of a link', 'text/plain', 'txt', 'other'],
	['just words', 'plain text', 'text/plain', 'txt', 'other'],
];

test.each(KINDS)('%j is %s', (start, name, mimeType, extension, family) => {
	const kind = { name, mimeType, extension, family };
	expect(kindOf(Buffer.from(start, 'latin1'))).toEqual(kind);
	expect(sniffMedia(Buffer.from(start, 'latin1'))).toEqual(family === 'other' ? undefined : kind);
});

/** Behind a byte that is none of theirs, or cut before their end, they are something else. */
test.each(KINDS.filter(([, , , , family]) => family !== 'other'))(
	'%j is not %s one byte later',
	(start, name) => {
		expect(kindOf(Buffer.from(`\x80${start}`, 'latin1'))?.name).not.toBe(name);
	},
);

test.each(KINDS.filter(([start, , , , family]) => family !== 'other' && !start.includes('ftyp')))(
	'%j is not %s with another first byte',
	(start, name) => {
		expect(kindOf(Buffer.from(`\x80${start.slice(1)}`, 'latin1'))?.name).not.toBe(name);
	},
);

test.each([
	['a RIFF file of another content', 'RIFF\x01\x02\x03\x04ACON'],
	['a WAVE of another family', 'RIFX\x01\x02\x03\x04WAVE'],
	['an IFF file of another content', 'FORM\x01\x02\x03\x04ILBM'],
	['a reserved version of MPEG', '\xff\xeb\x90'],
	['a reserved layer', '\xff\xe0\x90'],
	['eleven bits that are not all set', '\xff\xdb\x90'],
	['a start that is not all set', '\xfe\xfb\x90'],
	['one byte', '\xff'],
])('%s is of no known kind', (_name, start) => {
	expect(kindOf(Buffer.from(start, 'latin1'))).toBeUndefined();
});

const TAKEN = 'Kling takes JPG and PNG';
const HEARD = 'Kling takes MP3, WAV, M4A and AAC';

/** Kinds that are taken, and those whose bytes an audio reader goes through, say more than their kind. */
const READ_AS_AUDIO = ['wav', 'mp3', 'aac', 'm4a', 'mp4'];

test.each(KINDS)('%j as an image: %s', (start, name, _mimeType, ending, family) => {
	const verdict = checkImage(Buffer.from(start, 'latin1'));
	if (verdict.ok) throw new Error('It was taken.');
	if (ending === 'jpg' || ending === 'png') {
		expect(verdict.problem).not.toContain(TAKEN);
		return;
	}
	expect(verdict.problem).toBe(`the file is ${name}, and ${TAKEN}`);
	const canBeConverted = family === 'image' || ending === 'svg';
	expect(verdict.advice).toMatch(
		canBeConverted
			? /^Convert it to JPG or PNG first, .*Edit Image node of n8n\.$/
			: /^Check the node that the file comes from: it has to put out the image itself\.$/,
	);
});

test.each(KINDS.filter(([, , , ending]) => !READ_AS_AUDIO.includes(ending)))(
	'%j as audio: %s',
	(start, name, _mimeType, _ending, family) => {
		const verdict = checkAudio(Buffer.from(start, 'latin1'));
		if (verdict.ok) throw new Error('It was taken.');
		expect(verdict.problem).toBe(`the file is ${name}, and ${HEARD}`);
		const advice = {
			audio: /^Convert it to MP3 first, .*ffmpeg -i input output\.mp3\.$/,
			video: /^Take the sound out of it, .*ffmpeg -i video\.mp4 -vn sound\.mp3\.$/,
			image: /^Check the node that the file comes from: it has to put out the audio itself\.$/,
			other: /^Check the node that the file comes from: it has to put out the audio itself\.$/,
		};
		expect(verdict.advice).toMatch(advice[family]);
	},
);

test('what nobody knows is told as that', () => {
	const noise = Buffer.from([0x80, 0, 1, 2, 0xfe]);
	expect(checkImage(noise)).toMatchObject({
		problem: `the file is no image of a known kind, and ${TAKEN}`,
		advice: like(/^Convert it to JPG or PNG/),
	});
	expect(checkAudio(noise)).toMatchObject({
		problem: `the file is no audio of a known kind, and ${HEARD}`,
		advice: like(/^Convert it to MP3/),
	});
	expect(readAudio(noise)).toStrictEqual({ format: undefined });
});

const SAVE_ANEW = 'Get the file again, or save it anew as MP3 or WAV.';
const unreadable = (name: string) =>
	`the file looks like ${name}, but its length cannot be read; it may be damaged or cut off`;
const moov = (...tracks: Buffer[]) => Buffer.concat([M4A_START, box('moov', ...tracks)]);

test.each<[string, Buffer | string, string, string | RegExp]>([
	['nothing', '', 'the file is empty', /put out a file without content\.$/],
	['an MP3 of tags alone', 'ID3\x04\0\0\0\0\0\0', unreadable('MP3'), SAVE_ANEW],
	['a WAV of headers alone', 'RIFF\x04\0\0\0WAVE', unreadable('WAV'), SAVE_ANEW],
	['a WAV without sound', wavOf(0), unreadable('WAV'), SAVE_ANEW],
	['ADTS of a header alone', '\xff\xf1\x50\x80\x02', unreadable('AAC'), SAVE_ANEW],
	['an M4A without samples', moov(track()), unreadable('M4A'), SAVE_ANEW],
	[
		'an M4A that is cut',
		Buffer.concat([M4A_START, Buffer.from('\0\0\0\x40mdat', 'latin1')]),
		'the M4A file is cut off: it ends before its sound does',
		SAVE_ANEW,
	],
	[
		'an M4A of no tracks',
		moov(),
		'the file is an MP4 file without an audio track',
		/^Check the node/,
	],
	[
		'an M4A with moving pictures',
		moov(track({ handler: 'vide', format: 'avc1' })),
		`the file is an MP4 video, and ${HEARD}`,
		/^Take the sound out/,
	],
])('as audio: %s', (_name, bytes, problem, advice) => {
	const verdict = checkAudio(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
	if (verdict.ok) throw new Error('It was taken.');
	expect(verdict.problem).toBe(problem);
	expect(verdict.advice).toMatch(advice);
});

/** MPEG 1, layer III, 128 kbit/s, 48 kHz: 24 ms a frame. */
const FRAME = Buffer.concat([Buffer.from([0xff, 0xfb, 0x94, 0]), Buffer.alloc(380)]);
const SOUND = Buffer.concat(new Array<Buffer>(100).fill(FRAME));
const AAC_FRAME = Buffer.concat([
	Buffer.from([0xff, 0xf1, 0x4c, 0x80, 0x02, 0x1f, 0xfc]),
	Buffer.alloc(9),
]);
const AAC_SOUND = Buffer.concat(new Array<Buffer>(150).fill(AAC_FRAME));
const TAG = Buffer.from('ID3\x04\0\0\0\0\0\x04tag.', 'latin1');

test.each([
	['an MP3', SOUND, 'mp3', 'audio/mpeg', 2.4],
	['an MP3 behind a tag', Buffer.concat([TAG, SOUND]), 'mp3', 'audio/mpeg', 2.4],
	['an MP3 behind padding', Buffer.concat([Buffer.alloc(99), SOUND]), 'mp3', 'audio/mpeg', 2.4],
	['raw AAC', AAC_SOUND, 'aac', 'audio/aac', 3.2],
	['raw AAC behind a tag', Buffer.concat([TAG, AAC_SOUND]), 'aac', 'audio/aac', 3.2],
	['an M4A', moov(track({ samples: [[5, 1000]] })), 'm4a', 'audio/mp4', 5],
	[
		'an M4A that calls itself a video',
		Buffer.concat([
			box('ftyp', Buffer.from('isom\0\0\0\0')),
			box('moov', track({ samples: [[5, 1000]] })),
			box('mdat', Buffer.alloc(8)),
		]),
		'm4a',
		'audio/mp4',
		5,
	],
])('%s is audio', (_name, bytes, format, mimeType, seconds) => {
	const verdict = checkAudio(bytes);
	if (!verdict.ok) throw new Error(verdict.problem);
	expect(verdict.facts).toMatchObject({ format, mimeType });
	expect(verdict.facts.seconds).toBeCloseTo(seconds, 6);
});

test('FLAC behind a tag is told', () => {
	const file = Buffer.concat([TAG, Buffer.from('fLaC\0')]);
	expect(readAudio(file)).toMatchObject({ format: undefined, kind: { extension: 'flac' } });
});
