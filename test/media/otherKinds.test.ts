/**
 * The same checks as in otherFiles.test.ts (which uses real files), but with first bytes only:
 * fast, and for every kind.
 */
import { checkAudio } from '../../nodes/CometApiKling/media/audio/checkAudio';
import { checkImage } from '../../nodes/CometApiKling/media/image/checkImage';
import { kindOf } from '../../nodes/CometApiKling/media/kind';
import { readAudio } from '../../nodes/CometApiKling/media/audio/readAudio';
import { M4A_START, box, track, wavOf } from './handMade';
import { like } from '../support/matchers';

type Family = 'image' | 'audio' | 'video' | 'other';

const RF64 = 'RF64 audio (WAV for files over 4 GB)';
/** Long enough to differ from a word. */
const BASE64 = Buffer.from(Array.from({ length: 300 }, (_, index) => index * 7)).toString('base64');

/** First bytes and their kind: name, MIME type, extension and family. */
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
	['#!AMR-WB\n', 'AMR audio', 'audio/amr', 'amr', 'audio'],
	['RF64\xff\xff\xff\xffWAVE', RF64, 'audio/x-rf64', 'rf64', 'audio'],
	['BW64\xff\xff\xff\xffWAVE', RF64.replace('RF', 'BW'), 'audio/x-rf64', 'rf64', 'audio'],
	['riff\x2e\x91\xcf\x11', 'Wave64 audio', 'audio/x-w64', 'w64', 'audio'],
	['caff\0\x01\0\0', 'Core Audio', 'audio/x-caf', 'caf', 'audio'],
	['.snd\0\0\0\x18', 'AU audio', 'audio/basic', 'au', 'audio'],
	['\x30\x26\xb2\x75\x8e\x66\xcf\x11', 'WMA audio', 'audio/x-ms-wma', 'wma', 'audio'],
	['FLV\x01', 'a Flash video', 'video/x-flv', 'flv', 'video'],
	['\0\0\x01\xba', 'an MPEG video', 'video/mpeg', 'mpg', 'video'],
	['MThd\0\0', 'a MIDI file: notes without sound', 'audio/midi', 'mid', 'other'],
	['8BPS\0\x01', 'a Photoshop image', 'image/vnd.adobe.photoshop', 'psd', 'image'],
	['\0\0\0\x0cJXL \r\n\x87\n', 'a JPEG XL image', 'image/jxl', 'jxl', 'image'],
	['\0\0\0\x0cjP  \r\n\x87\n', 'a JPEG 2000 image', 'image/jp2', 'jp2', 'image'],
	['Rar!\x1a\x07\x01', 'a RAR archive', 'application/vnd.rar', 'rar', 'other'],
	['7z\xbc\xaf\x27\x1c', 'a 7z archive', 'application/x-7z-compressed', '7z', 'other'],
	['\xfd7zXZ\0', 'an XZ archive', 'application/x-xz', 'xz', 'other'],
	['BZh91AY', 'a bzip2 archive', 'application/x-bzip2', 'bz2', 'other'],
	['\x28\xb5\x2f\xfd', 'a Zstandard archive', 'application/zstd', 'zst', 'other'],
	[`a.mp3${'\0'.repeat(252)}ustar`, 'a tar archive', 'application/x-tar', 'tar', 'other'],
	[`G${'\x80'.repeat(187)}`.repeat(3), 'an MPEG transport stream', 'video/mp2t', 'ts', 'video'],
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
	['\0\0\0\x18ftypavis', 'an AVIF image', 'image/avif', 'avif', 'image'],
	['\0\0\0\x1cftypmif1\0\0\0\0mif1avif', 'an AVIF image', 'image/avif', 'avif', 'image'],
	['\0\0\0\x1cftypmif1\0\0\0\0mif1heic', 'a HEIC image', 'image/heic', 'heic', 'image'],
	['\0\0\0\x14ftypmif1\0\0\0\0mif1avif', 'a HEIC image', 'image/heic', 'heic', 'image'],
	['\0\0\0\x18ftyphevx', 'a HEIC image', 'image/heic', 'heic', 'image'],
	['\0\0\0\x18ftypjp2 ', 'a JPEG 2000 image', 'image/jp2', 'jp2', 'image'],
	['\0\0\0\x18ftypcrx ', 'a Canon raw photo', 'image/x-canon-cr3', 'cr3', 'image'],
	['\0\0\0\x18ftypM4P ', 'M4A audio', 'audio/mp4', 'm4a', 'audio'],
	['\0\0\0\x18ftypF4A ', 'M4A audio', 'audio/mp4', 'm4a', 'audio'],
	['\0\0\0\x18ftyp3gp4', 'a 3GP video', 'video/3gpp', '3gp', 'video'],
	...['moov', 'mdat', 'wide', 'free', 'skip', 'pnot'].map((type): (typeof KINDS)[number] => [
		`\0\0\0\x08${type}`,
		'a QuickTime video',
		'video/quicktime',
		'mov',
		'video',
	]),
	['\0\0\0\x18ftypqt  ', 'a QuickTime video', 'video/quicktime', 'mov', 'video'],
	['\0\0\0\x18ftypisom', 'an MP4 video', 'video/mp4', 'mp4', 'video'],
	['<!DOCTYPE html>', 'a web page', 'text/html', 'html', 'other'],
	['<html>', 'a web page', 'text/html', 'html', 'other'],
	['<svg width="1">', 'an SVG drawing', 'image/svg+xml', 'svg', 'other'],
	['<?xml version="1.0"?><a/>', 'an XML document', 'application/xml', 'xml', 'other'],
	['{"a": 1}', 'JSON text', 'application/json', 'json', 'other'],
	['data:image/png;base64,AA', 'a data: URL saved as text', 'text/plain', 'txt', 'other'],
	['https://example.com', 'a URL saved as text', 'text/plain', 'txt', 'other'],
	['just words', 'plain text', 'text/plain', 'txt', 'other'],
	[BASE64, 'base64 text', 'text/plain', 'b64', 'other'],
	[`${BASE64.match(/.{1,76}/g)?.join('\r\n')}==\n`, 'base64 text', 'text/plain', 'b64', 'other'],
	[BASE64.slice(0, 63), 'plain text', 'text/plain', 'txt', 'other'],
	['word'.repeat(40), 'plain text', 'text/plain', 'txt', 'other'],
];

test.each(KINDS)('%j is %s', (start, name, mimeType, extension, family) => {
	const kind = { name, mimeType, extension, family };
	expect(kindOf(Buffer.from(start, 'latin1'))).toEqual(kind);
});

/** With a different first byte, or one byte later, they are something else. */
test.each(KINDS.filter(([, , , , family]) => family !== 'other'))(
	'%j is not %s one byte later',
	(start, name) => {
		expect(kindOf(Buffer.from(`\x80${start}`, 'latin1'))?.name).not.toBe(name);
	},
);

test.each(KINDS.filter(([start, , , , family]) => family !== 'other' && start.charCodeAt(0) !== 0))(
	'%j is not %s with another first byte',
	(start, name) => {
		expect(kindOf(Buffer.from(`\x80${start.slice(1)}`, 'latin1'))?.name).not.toBe(name);
	},
);

test.each([
	['a RIFF file with other content', 'RIFF\x01\x02\x03\x04ACON'],
	['a WAVE of another family', 'RIFY\x01\x02\x03\x04WAVE'],
	['an IFF file with other content', 'FORM\x01\x02\x03\x04ILBM'],
	['a reserved MPEG version', '\xff\xeb\x90'],
	['a reserved layer', '\xff\xe0\x90'],
	['eleven bits that are not all set', '\xff\xdb\x90'],
	['a start that is not all set', '\xfe\xfb\x90'],
	['one byte', '\xff'],
])('%s is not a known kind', (_name, start) => {
	expect(kindOf(Buffer.from(start, 'latin1'))).toBeUndefined();
});

const TAKEN = 'Kling accepts JPG and PNG';
const HEARD = 'Kling accepts MP3, WAV, M4A and AAC';

/**
 * Kinds that are accepted, and those whose bytes an audio reader scans, get a more specific
 * message.
 */
const READ_AS_AUDIO = ['wav', 'mp3', 'aac', 'm4a', 'mp4', 'mov', '3gp'];

/** Text and archives that contain the file, by extension or name: what to do with them. */
const HOLDERS: Record<string, RegExp> = {
	'a URL saved as text': /^Set '(Image|Audio) Source' to URL and enter the URL there\.$/,
	'a data: URL saved as text': /^Set '(Image|Audio) Source' to Base64 .*Convert to File node\.$/,
	'base64 text': /^Set '(Image|Audio) Source' to Base64 .*Convert to File node\.$/,
	zip: /^Extract the (image|audio) from it first, .*n8n's Compression node\.$/,
	gz: /^Extract the (image|audio) from it first, .*n8n's Compression node\.$/,
	...Object.fromEntries(
		['rar', '7z', 'xz', 'bz2', 'zst', 'tar'].map((ending) => [
			ending,
			/^Extract the (image|audio) from it first\.$/,
		]),
	),
};

const BY_EDIT_IMAGE = ['gif', 'webp', 'bmp', 'tif'];

test.each(KINDS)('%j as an image: %s', (start, name, _mimeType, ending, family) => {
	const verdict = checkImage(Buffer.from(start, 'latin1'));
	if (verdict.ok) throw new Error('It was taken.');
	if (ending === 'jpg' || ending === 'png') {
		expect(verdict.problem).not.toContain(TAKEN);
		return;
	}
	expect(verdict.problem).toBe(`the file is ${name}; ${TAKEN}`);
	const isImage = family === 'image' || ending === 'svg';
	const elsewhere = new RegExp(`^Convert it .*magick input\\.${ending} output\\.jpg\\.$`);
	const ownAdvice = BY_EDIT_IMAGE.includes(ending) ? /^Convert it .*Edit Image/ : elsewhere;
	expect(verdict.advice).toMatch(
		HOLDERS[name] ??
			HOLDERS[ending] ??
			(isImage
				? ownAdvice
				: /^Check the node that provides the file: it must output the image itself\.$/),
	);
});

test.each(KINDS.filter(([, , , ending]) => !READ_AS_AUDIO.includes(ending)))(
	'%j as audio: %s',
	(start, name, _mimeType, ending, family) => {
		const verdict = checkAudio(Buffer.from(start, 'latin1'));
		if (verdict.ok) throw new Error('It was taken.');
		expect(verdict.problem).toBe(`the file is ${name}; ${HEARD}`);
		const advice = {
			audio: /^Convert it to MP3 first, .*ffmpeg -i input output\.mp3\.$/,
			video: /^Extract the audio first, .*ffmpeg -i video\.mp4 -vn sound\.mp3\.$/,
			image: /^Check the node that provides the file: it must output the audio itself\.$/,
			other: /^Check the node that provides the file: it must output the audio itself\.$/,
		};
		expect(verdict.advice).toMatch(HOLDERS[name] ?? HOLDERS[ending] ?? advice[family]);
	},
);

test('reports unknown formats as unknown', () => {
	const noise = Buffer.from([0x80, 0, 1, 2, 0xfe]);
	expect(checkImage(noise)).toMatchObject({
		problem: `the file is not in a known image format; ${TAKEN}`,
		advice: like(/^Check the node .* convert it to JPG or PNG first\.$/),
	});
	expect(checkAudio(noise)).toMatchObject({
		problem: `the file is not in a known audio format; ${HEARD}`,
		advice: like(/^Check the node .* convert it to MP3 first\.$/),
	});
	expect(readAudio(noise)).toStrictEqual({ format: undefined });
});

const GET_AGAIN = 'Download the file again, or export it as MP3 or WAV.';
const unreadable = (name: string) =>
	`the file looks like ${name}, but its length cannot be read; it may be damaged or truncated`;
const moov = (...tracks: Buffer[]) => Buffer.concat([M4A_START, box('moov', ...tracks)]);

test.each<[string, Buffer | string, string, string | RegExp]>([
	['nothing', '', 'the file is empty', /returned a file without content\.$/],
	['an MP3 with only tags', 'ID3\x04\0\0\0\0\0\0', unreadable('MP3'), GET_AGAIN],
	['a WAV with only headers', 'RIFF\x04\0\0\0WAVE', unreadable('WAV'), GET_AGAIN],
	['a WAV without sound', wavOf(0), unreadable('WAV'), GET_AGAIN],
	['ADTS with only a header', '\xff\xf1\x50\x80\x02', unreadable('AAC'), GET_AGAIN],
	['an M4A without samples', moov(track()), unreadable('M4A'), GET_AGAIN],
	[
		'a truncated M4A',
		Buffer.concat([M4A_START, Buffer.from('\0\0\0\x40mdat', 'latin1')]),
		'the M4A file is truncated: it holds less audio than its header says',
		GET_AGAIN,
	],
	[
		'an M4A without tracks',
		moov(),
		'the file is an MP4 file without an audio track',
		/^Check the node/,
	],
	[
		'an M4A with moving pictures',
		moov(track({ handler: 'vide', format: 'avc1' }), track()),
		`the file is an MP4 video; ${HEARD}`,
		/^Extract the audio first/,
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
	['an MP3 after a tag', Buffer.concat([TAG, SOUND]), 'mp3', 'audio/mpeg', 2.4],
	['an MP3 after padding', Buffer.concat([Buffer.alloc(99), SOUND]), 'mp3', 'audio/mpeg', 2.4],
	['raw AAC', AAC_SOUND, 'aac', 'audio/aac', 3.2],
	['raw AAC after a tag', Buffer.concat([TAG, AAC_SOUND]), 'aac', 'audio/aac', 3.2],
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

test('recognizes FLAC after a tag', () => {
	const file = Buffer.concat([TAG, Buffer.from('fLaC\0')]);
	expect(readAudio(file)).toMatchObject({ format: undefined, kind: { extension: 'flac' } });
});
