import { gzipSync } from 'node:zlib';

import { corpusFiles, noise, type Bases, type CorpusFile } from '../corpusFile';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const begins = (text: string) => Buffer.concat([latin1(text), noise(2000)]);

/** Files of other kinds, given as an image or as audio: the error names each kind. */
export function otherFiles(base: Bases): CorpusFile[] {
	const base64 = (name: string) => Buffer.from(base(name).toString('base64'));
	const images: Record<string, [Buffer, RegExp]> = {
		GIF: [base('a.gif'), /is a GIF image/],
		WebP: [base('a.webp'), /is a WebP image/],
		BMP: [base('a.bmp'), /is a BMP image/],
		TIFF: [base('a.tiff'), /is a TIFF image/],
		'JPEG 2000': [base('a.jp2'), /is a JPEG 2000 image/],
		'JPEG XL': [begins('\0\0\0\x0cJXL \r\n\x87\n'), /is a JPEG XL image/],
		HEIC: [begins('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), /is a HEIC image/],
		'HEIC, generic brand': [begins('\0\0\0\x18ftypmif1\0\0\0\0mif1heic'), /is a HEIC image/],
		AVIF: [begins('\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf'), /is an AVIF image/],
		'AVIF, generic brand': [begins('\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf'), /is an AVIF image/],
		'AVIF, moving': [begins('\0\0\0\x18ftypavis\0\0\0\0avismsf1'), /is an AVIF image/],
		Photoshop: [begins('8BPS\0\x01\0\0'), /is a Photoshop image/],
		SVG: [latin1('<svg xmlns="http://www.w3.org/2000/svg" width="400"/>'), /is an SVG drawing/],
		'base64 of a JPG': [base64('baseline.jpg'), /is base64 text/],
		'a data: URL saved as text': [
			Buffer.concat([latin1('data:image/jpeg;base64,'), base64('baseline.jpg')]),
			/is a data: URL saved as text/,
		],
		'MP3 as a picture': [base('cbr.mp3'), /is MP3 audio/],
		'MP4 as a picture': [base('film.mp4'), /is an MP4 video/],
		noise: [Buffer.concat([latin1('\x80'), noise(5000)]), /not in a known image format/],
	};
	const sounds: Record<string, [Buffer, RegExp]> = {
		'Ogg Vorbis': [base('a.ogg'), /is Ogg audio/],
		'Ogg Opus': [base('a.opus'), /is Ogg audio/],
		FLAC: [base('a.flac'), /is FLAC audio/],
		AIFF: [base('a.aiff'), /is AIFF audio/],
		AU: [base('a.au'), /is AU audio/],
		CAF: [base('a.caf'), /is Core Audio/],
		WMA: [base('a.wma'), /is WMA audio/],
		MP2: [base('a.mp2'), /is MP2 audio/],
		AMR: [base('a.amr'), /is AMR audio/],
		'AMR, wide band': [base('wide.amr'), /is AMR audio/],
		WebM: [base('voice.webm'), /is a WebM or Matroska video/],
		Matroska: [base('a.mka'), /is a WebM or Matroska video/],
		AVI: [base('film.avi'), /is an AVI video/],
		Flash: [base('film.flv'), /is a Flash video/],
		'transport stream': [base('film.ts'), /is an MPEG transport stream/],
		'Matroska video': [base('film.mkv'), /is a WebM or Matroska video/],
		MIDI: [begins('MThd\0\0\0\x06'), /is a MIDI file/],
		'base64 of an MP3': [base64('cbr.mp3'), /is base64 text/],
		'base64 in lines': [
			latin1(
				(
					base64('cbr.mp3')
						.toString()
						.match(/.{1,76}/g) ?? []
				).join('\r\n'),
			),
			/is base64 text/,
		],
		RIFX: [begins('RIFX\0\0\x10\0WAVEfmt '), /is RIFX audio/],
		'text with the name of a box': [latin1('Get free tickets for the show'), /is plain text/],
		'JPG as audio': [base('baseline.jpg'), /is a JPG image/],
		'an HTML page': [latin1('<!DOCTYPE html><title>Sign in</title>'), /is a web page/],
		JSON: [latin1('{"audio": "https://example.com/a.mp3"}'), /is JSON text/],
		'a link': [latin1('https://example.com/a.mp3'), /is a URL saved as text/],
		ZIP: [begins('PK\x03\x04\x14\0\0\0'), /is a ZIP archive/],
		gzip: [gzipSync(base('cbr.mp3')), /is a gzip archive/],
		'7z': [begins('7z\xbc\xaf\x27\x1c'), /is a 7z archive/],
		RAR: [begins('Rar!\x1a\x07\x01\0'), /is a RAR archive/],
		tar: [latin1(`a.mp3${'\0'.repeat(252)}ustar\0`), /is a tar archive/],
		PDF: [begins('%PDF-1.7\n'), /is a PDF document/],
		'an empty file': [Buffer.alloc(0), /file is empty/],
		silence: [Buffer.alloc(5000), /not in a known audio format/],
	};
	return [
		...corpusFiles('Other kinds', 'image', {}, images),
		...corpusFiles('Other kinds', 'audio', {}, sounds),
	];
}
