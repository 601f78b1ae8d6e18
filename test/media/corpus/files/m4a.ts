import { box, words } from '../../handMade';
import { corpusFiles, noise, patched, type Bases, type CorpusFile } from '../corpusFile';
import { id3WithCover } from './mp3';

const TRUNCATED = /M4A file is truncated/;

/** The first box of a type at any position; ffmpeg's compressed sound does not contain its name. */
const contentOf = (file: Buffer, type: string) => file.indexOf(type) + 4;

const behind = (file: Buffer, rest: Buffer) => Buffer.concat([file, rest]);
const share = (bytes: Buffer, part: number) => bytes.subarray(0, Math.floor(bytes.length * part));

/** A file whose edit list plays a part: its start and duration, both in seconds. */
function edited(file: Buffer, from: number, seconds: number): Buffer {
	const movieTimescale = file.readUInt32BE(contentOf(file, 'mvhd') + 12);
	const timescale = file.readUInt32BE(contentOf(file, 'mdhd') + 12);
	const entry = contentOf(file, 'elst') + 8;
	return patched(file, entry, words(seconds * movieTimescale, from * timescale));
}

function renamed(file: Buffer, from: string, to: string): Buffer {
	return patched(file, file.indexOf(from), Buffer.from(to, 'latin1'));
}

/**
 * A file that starts with its movie box, so that its media data may go "to the end of the file".
 */
function withOpenEnd(file: Buffer): Buffer {
	return patched(file, file.lastIndexOf('mdat') - 4, words(0));
}

/** Fragments without the index that ffmpeg writes after them. */
function withoutIndex(file: Buffer): Buffer {
	return file.subarray(0, file.lastIndexOf('mfra') - 4);
}

export function m4aFiles(base: Bases): CorpusFile[] {
	const last = base('moov last.m4a');
	const first = base('moov first.m4a');
	const asMade = ['moov last.m4a', 'moov first.m4a', 'empty moov.m4a', 'first part in moov.m4a']
		.concat(['dash.m4a', 'brand isom.mp4', 'brand 3gp.3gp', 'lossless.m4a', 'stereo.m4a'])
		.concat(['tags.m4a', 'cover.m4a', 'aac.mov', 'pcm.mov', 'lossless.mov', 'cut by an editor.m4a'])
		.concat([8_000, 16_000, 24_000, 48_000, 96_000].map((rate) => `${rate} Hz.m4a`));
	return corpusFiles(
		'M4A',
		'audio',
		{
			...Object.fromEntries(asMade.map((name) => [name, base(name)])),
			'an old tag at the end': behind(
				last,
				Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125, 'x')]),
			),
			'a tag at the end': behind(last, id3WithCover(noise(3000))),
			'five bytes at the end': behind(last, noise(5)),
			'noise at the end': behind(last, noise(777)),
			'zeros at the end': behind(first, Buffer.alloc(4096)),
			'zeros at the end, the movie box last': behind(last, Buffer.alloc(100)),
			'a line break at the end': behind(first, Buffer.from('\r\n')),
			'text at the end': behind(first, Buffer.from('-- end of the recording, thank you --\n')),
			'truncated trailing free space': behind(first, box('free', Buffer.alloc(99)).subarray(0, 50)),
			'fragments with zeros at the end': behind(base('empty moov.m4a'), Buffer.alloc(64)),
			'an edit list that plays the first three seconds': edited(last, 0, 3),
			'an edit list that plays three seconds from the middle': edited(first, 1, 3),
			'an edit list longer than the sound': edited(last, 1, 99),
			'media data to the end of the file': withOpenEnd(first),
			'the last byte missing': first.subarray(0, -1),
			'300 bytes missing': first.subarray(0, -300),
			'8 % missing': share(first, 0.92),
			'8 % of PCM missing': share(base('pcm first.mov'), 0.92),
			'a byte of the movie box missing': last.subarray(0, -1),
			'30 bytes of the movie box missing': last.subarray(0, -30),
			'50 bytes of the last fragment missing': withoutIndex(base('empty moov.m4a')).subarray(
				0,
				-50,
			),
			'QuickTime without brands': renamed(base('aac.mov'), 'ftyp', 'wide'),
		},
		{
			'cut to half': [share(last, 0.5), TRUNCATED],
			'the movie box first, cut to half': [share(first, 0.5), TRUNCATED],
			'media data to the end of the file, cut to half': [share(withOpenEnd(first), 0.6), TRUNCATED],
			'a fifth missing': [share(first, 0.8), TRUNCATED],
			'tables of the movie box missing': [last.subarray(0, -400), TRUNCATED],
			'truncated fragments': [share(base('empty moov.m4a'), 0.6), TRUNCATED],
			'encrypted by the standard': [renamed(last, 'mp4a', 'enca'), /encrypted/],
			'encrypted by iTunes': [renamed(first, 'mp4a', 'drms'), /encrypted/],
			'encrypted by Audible': [renamed(first, 'mp4a', 'aavd'), /encrypted/],
			'AMR in 3GP': [renamed(first, 'mp4a', 'samr'), /not AAC/],
			'an unknown format': [renamed(first, 'mp4a', 'xxxx'), /not AAC/],
			'no movie box': [last.subarray(0, last.lastIndexOf('moov') - 4), /cannot be read/],
			'an edit list that plays one second': [edited(last, 0, 1), /1 seconds long, but an avatar/],
			'with moving pictures': [base('film.mp4'), /is an MP4 video/],
			'with moving pictures but no sound': [base('silent.mp4'), /MP4 file without an audio track/],
			'QuickTime with moving pictures': [base('film.mov'), /is a QuickTime video/],
			'3GP with moving pictures': [base('film.3gp'), /is a 3GP video/],
		},
	);
}
