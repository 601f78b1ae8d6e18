import { readMp4 } from '../../../nodes/CometApiKling/media/mp4/readMp4';
import { M4A_START, TIMESCALE, box, words } from '../handMade';

/** The time scale of the movie, which edit lists use for durations. */
const MOVIE_TIMESCALE = 600;
const PAUSE = 0xffffffff;

interface SoundOptions {
	/** Entries of `[duration in the movie, start in the track]`. */
	edits?: Array<[number, number]>;
	isLong?: boolean;
	format?: string;
	/** The sizes of samples, or one size for all. */
	sizes?: number[] | number;
	moreThanThere?: number;
}

function editList({ edits = [], isLong = false, moreThanThere = 0 }: SoundOptions): Buffer {
	const entries = edits.flatMap(([duration, start]) =>
		isLong ? [0, duration, start === PAUSE ? PAUSE : 0, start, 1] : [duration, start, 1],
	);
	const version = isLong ? 0x01000000 : 0;
	return box('edts', box('elst', words(version, edits.length + moreThanThere, ...entries)));
}

/** A track of ten seconds of sound. */
function sound(options: SoundOptions = {}): Buffer {
	const { format = 'mp4a', sizes = 0, edits } = options;
	const sizeFields = Array.isArray(sizes) ? [0, sizes.length, ...sizes] : [sizes, 10];
	return box(
		'trak',
		...(edits ? [editList(options)] : []),
		box('tkhd', words(0, 0, 0, 1)),
		box(
			'mdia',
			box('mdhd', words(0, 0, 0, TIMESCALE)),
			box('hdlr', words(0, 0), Buffer.from('soun')),
			box(
				'minf',
				box(
					'stbl',
					box('stsd', words(0, 1), box(format)),
					box('stts', words(0, 1, 10, TIMESCALE)),
					box('stsz', words(0, ...sizeFields)),
				),
			),
		),
	);
}

const header = (version = 0, timescale = MOVIE_TIMESCALE) =>
	box('mvhd', version === 1 ? words(0x01000000, 0, 0, 0, 0, timescale) : words(0, 0, 0, timescale));
const file = (...movie: Buffer[]) => Buffer.concat([M4A_START, box('moov', ...movie)]);

describe('edit lists', () => {
	test.each<[string, SoundOptions, number]>([
		['a part from the start', { edits: [[3 * MOVIE_TIMESCALE, 0]] }, 3],
		['a part from the middle', { edits: [[3 * MOVIE_TIMESCALE, 2 * TIMESCALE]] }, 3],
		['all but the priming of the encoder', { edits: [[10 * MOVIE_TIMESCALE, 100]] }, 9.9],
		['more than there is', { edits: [[99 * MOVIE_TIMESCALE, 0]] }, 10],
		['to the end', { edits: [[0, 4 * TIMESCALE]] }, 6],
		[
			'two parts',
			{
				edits: [
					[MOVIE_TIMESCALE, 0],
					[2 * MOVIE_TIMESCALE, 5 * TIMESCALE],
				],
			},
			3,
		],
		[
			'a pause first',
			{
				edits: [
					[MOVIE_TIMESCALE, PAUSE],
					[3 * MOVIE_TIMESCALE, 0],
				],
			},
			3,
		],
		['a pause alone', { edits: [[MOVIE_TIMESCALE, PAUSE]] }, 10],
		['nothing', { edits: [] }, 10],
		['64 bits', { isLong: true, edits: [[3 * MOVIE_TIMESCALE, TIMESCALE]] }, 3],
		[
			'64 bits with a pause',
			{
				isLong: true,
				edits: [
					[MOVIE_TIMESCALE, PAUSE],
					[3 * MOVIE_TIMESCALE, 0],
				],
			},
			3,
		],
		['fewer entries than announced', { edits: [[3 * MOVIE_TIMESCALE, 0]], moreThanThere: 9 }, 3],
	])('%s', (_name, options, seconds) => {
		expect(readMp4(file(header(), sound(options)))).toEqual({
			seconds: expect.closeTo(seconds, 6) as unknown,
		});
		expect(readMp4(file(header(1), sound(options)))).toEqual({
			seconds: expect.closeTo(seconds, 6) as unknown,
		});
	});

	test('that start after the sound leave nothing', () => {
		const edits: Array<[number, number]> = [[MOVIE_TIMESCALE, 11 * TIMESCALE]];
		expect(readMp4(file(header(), sound({ edits })))).toBe('unreadable');
	});

	test.each([
		['a movie header', []],
		['content in it', [box('mvhd')]],
		['a time scale in it', [header(0, 0)]],
	])('without %s do not count', (_name, boxes) => {
		expect(readMp4(file(...boxes, sound({ edits: [[3, 0]] })))).toEqual({ seconds: 10 });
	});

	test('without content do not count', () => {
		const track = Buffer.from(sound({ edits: [[3 * MOVIE_TIMESCALE, 0]] }));
		track.write('free', track.indexOf('elst'), 'latin1');
		expect(readMp4(file(header(), track))).toEqual({ seconds: 10 });
	});
});

describe('the format of the sound', () => {
	test.each(['enca', 'drms', 'aavd'])('%s is encrypted', (format) => {
		expect(readMp4(file(sound({ format })))).toBe('encrypted');
	});

	test.each(['samr', 'ac-3', 'Opus', 'xxxx'])('%s is foreign', (format) => {
		expect(readMp4(file(sound({ format })))).toBe('foreign');
	});

	test.each(['mp4a', 'alac', '.mp3', 'sowt', 'raw '])('%s is usual', (format) => {
		expect(readMp4(file(sound({ format })))).toEqual({ seconds: 10 });
	});
});

describe('sizes of samples', () => {
	/** The media data of `M4A_START`. */
	const MEDIA_BYTES = 8;

	test('are fine if they match the media data', () => {
		expect(readMp4(file(sound({ sizes: [MEDIA_BYTES - 3, 3] })))).toEqual({ seconds: 10 });
	});

	test('mean that the file was cut off if far more is needed', () => {
		expect(readMp4(file(sound({ sizes: [MEDIA_BYTES - 3, 4] })))).toBe('cut');
		// One of nine samples is missing.
		expect(readMp4(file(sound({ sizes: new Array<number>(9).fill(1) })))).toBe('cut');
	});

	test('mean that the sound is shorter if a tenth of it is missing', () => {
		const media = box('mdat', Buffer.alloc(81));
		const movie = (count: number) => file(sound({ sizes: new Array<number>(count).fill(10) }));
		// The media data of `M4A_START` counts, too: 89 bytes are enough for eight samples.
		expect(readMp4(Buffer.concat([movie(8), media]))).toEqual({ seconds: 10 });
		expect(readMp4(Buffer.concat([movie(9), media]))).toBe('cut');
		const more = box('mdat', Buffer.alloc(90 - MEDIA_BYTES));
		expect(readMp4(Buffer.concat([movie(10), more]))).toEqual({ seconds: 9 });
	});

	test('are compared with the sum of several boxes of media data', () => {
		const more = box('mdat', Buffer.alloc(2));
		const movie = file(sound({ sizes: [MEDIA_BYTES, 2] }));
		expect(readMp4(Buffer.concat([movie, more]))).toEqual({ seconds: 10 });
	});

	test('are not bytes in QuickTime if they are all the same', () => {
		expect(readMp4(file(sound({ sizes: 99 })))).toEqual({ seconds: 10 });
	});

	test('are not checked if they are missing', () => {
		const track = sound({ sizes: [1, 2] });
		const count = track.indexOf('stsz') + 4 + 8;
		track.writeUInt32BE(99, count);
		expect(readMp4(file(track))).toEqual({ seconds: 10 });
	});
});

describe('bytes after the last box', () => {
	const whole = file(sound());

	test.each([
		['an old tag', Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125, 'x')])],
		['a few bytes', Buffer.from('rest')],
		['text', Buffer.from('-- the end --')],
		['zeros', Buffer.alloc(100)],
		['truncated free space', box('free', Buffer.alloc(50)).subarray(0, 30)],
		['a tag', Buffer.from('ID3\x04\0\0\0\0\0\x04tag.', 'latin1')],
	])('do no harm if they are %s', (_name, rest) => {
		expect(readMp4(Buffer.concat([whole, rest]))).toEqual({ seconds: 10 });
	});

	test.each(['mdat', 'moof'])('count as missing if %s is truncated', (type) => {
		const cut = box(type, Buffer.alloc(50)).subarray(0, 30);
		expect(readMp4(Buffer.concat([whole, cut]))).toBe('cut');
	});
});

test('a video without sound has no audio', () => {
	const track = sound({ format: 'avc1' });
	track.write('vide', track.indexOf('soun'), 'latin1');
	expect(readMp4(file(track))).toBe('silent');
	expect(readMp4(file(track, sound()))).toBe('video');
});

test('stops after a hundred tracks', () => {
	const empty = box('trak');
	const tracks = (count: number) => new Array<Buffer>(count).fill(empty);
	expect(readMp4(file(...tracks(99), sound()))).toEqual({ seconds: 10 });
	expect(readMp4(file(...tracks(100), sound()))).toBe('silent');
});
