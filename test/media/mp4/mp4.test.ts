import { readMp4 } from '../../../nodes/CometApiKling/media/mp4/readMp4';
import { M4A_START, TIMESCALE, box, largeBox, track, words } from '../handMade';

const FIVE_SECONDS: Array<[number, number]> = [
	[3, TIMESCALE],
	[4, TIMESCALE / 2],
];
const sound = track({ samples: FIVE_SECONDS });
const data = box('mdat', Buffer.alloc(100));

/** A fragment with one run of a track, and its data; flags say which fields the header has. */
function fragment(
	run: { flags: number; fields: number[] },
	header = { flags: 0, fields: new Array<number>() },
	trackId = 1,
): Buffer {
	const head = box(
		'moof',
		box(
			'traf',
			box('tfhd', words(header.flags, trackId, ...header.fields)),
			box('trun', words(run.flags, ...run.fields)),
		),
	);
	return Buffer.concat([head, data]);
}

const usual = (trackId: number, duration: number) =>
	box('trex', words(0, trackId, 1, duration, 0, 0));
const fragmented = (...fragments: Buffer[]) =>
	Buffer.concat([
		M4A_START,
		box('moov', track(), box('mvex', usual(2, 9 * TIMESCALE), usual(1, TIMESCALE))),
		...fragments,
	]);

it.each([
	['the movie box last', [M4A_START, data, box('moov', sound)], 5],
	['the movie box first', [M4A_START, box('moov', sound), data], 5],
	['sizes of 64 bits', [M4A_START, largeBox('mdat', Buffer.alloc(9)), largeBox('moov', sound)], 5],
	[
		'headers of version 1',
		[M4A_START, box('moov', track({ samples: FIVE_SECONDS, isVersion1: true }))],
		5,
	],
	['a track of text before it', [M4A_START, box('moov', track({ handler: 'text' }), sound)], 5],
])('%s', (_name, parts, seconds) => {
	expect(readMp4(Buffer.concat(parts))).toEqual({ seconds });
});

it('a last box without a size extends to the end', () => {
	const open = Buffer.from(data);
	open.writeUInt32BE(0);
	expect(readMp4(Buffer.concat([M4A_START, box('moov', sound), open]))).toEqual({ seconds: 5 });
});

describe('fragments', () => {
	it.each([
		['the usual length of the track', fragment({ flags: 0, fields: [3] }), 3],
		[
			'a length of the fragment',
			fragment({ flags: 0, fields: [3] }, { flags: 0x08, fields: [500] }),
			1.5,
		],
		[
			'a length after other fields',
			fragment({ flags: 0, fields: [3] }, { flags: 0x0b, fields: [0, 0, 7, 2000] }),
			6,
		],
		['lengths of samples', fragment({ flags: 0x100, fields: [2, 700, 800] }), 1.5],
		[
			'lengths of samples among other fields',
			fragment({ flags: 0xf05, fields: [2, 9, 9, 700, 1, 1, 1, 800, 1, 1, 1] }),
			1.5,
		],
		['fewer samples than announced', fragment({ flags: 0x100, fields: [9, 700, 800] }), 1.5],
		['more bytes than samples', fragment({ flags: 0x100, fields: [1, 700, 800] }), 0.7],
		[
			'another field in place of a length',
			fragment({ flags: 0, fields: [3] }, { flags: 0x10, fields: [500] }),
			3,
		],
	])('%s', (_name, part, seconds) => {
		expect(readMp4(fragmented(part))).toEqual({ seconds });
		expect(readMp4(fragmented(part, part))).toEqual({ seconds: 2 * seconds });
	});

	it('of other tracks do not count', () => {
		const own = fragment({ flags: 0, fields: [3] });
		const other = fragment({ flags: 0, fields: [5] }, { flags: 0, fields: [] }, 2);
		expect(readMp4(fragmented(own, other))).toEqual({ seconds: 3 });
	});

	it('are added to the samples of the track', () => {
		const movie = box('moov', sound, box('mvex', usual(1, TIMESCALE)));
		const file = Buffer.concat([M4A_START, movie, fragment({ flags: 0, fields: [3] })]);
		expect(readMp4(file)).toEqual({ seconds: 8 });
	});

	it('are found by the id of a track of version 1', () => {
		const movie = box('moov', track({ isVersion1: true, id: 7 }), box('mvex', usual(7, TIMESCALE)));
		const part = fragment({ flags: 0, fields: [3] }, { flags: 0, fields: [] }, 7);
		expect(readMp4(Buffer.concat([M4A_START, movie, part]))).toEqual({ seconds: 3 });
	});

	it('may lack a tenth of the last media data', () => {
		const whole = fragment({ flags: 0, fields: [4] });
		expect(readMp4(fragmented(whole, whole.subarray(0, -10)))).toEqual({ seconds: 7.6 });
		expect(readMp4(fragmented(whole, whole.subarray(0, -11)))).toBe('cut');
		expect(readMp4(fragmented(whole, whole.subarray(0, -data.length)))).toBe('cut');
	});

	it('may lack what nobody hears', () => {
		const whole = fragment({ flags: 0, fields: [4] });
		const short = fragment({ flags: 0x100, fields: [1, 100] });
		const cut = fragmented(whole, short.subarray(0, -50));
		expect(readMp4(cut)).toEqual({ seconds: 4.05 });
		expect(readMp4(fragmented(whole, short.subarray(0, -data.length)))).toEqual({ seconds: 4 });
	});

	it('are not counted if the samples have no known length', () => {
		const file = [M4A_START, box('moov', track()), fragment({ flags: 0, fields: [3] })];
		expect(readMp4(Buffer.concat(file))).toBe('unreadable');
	});
});

it('may lack a tenth of its media data', () => {
	const start = [box('ftyp', Buffer.from('M4A \0\0\0\0')), box('moov', sound)];
	expect(readMp4(Buffer.concat([...start, data.subarray(0, -10)]))).toEqual({ seconds: 4.5 });
	expect(readMp4(Buffer.concat([...start, data.subarray(0, -11)]))).toBe('cut');
});

describe('a movie box at the end may lack', () => {
	const needed = ['stsc', 'stsz', 'stco'].map((type) => box(type, Buffer.alloc(20)));
	const movie = (tables: Buffer[]) => {
		const whole = track({ samples: FIVE_SECONDS });
		const added = Buffer.concat(tables);
		// The last box within each of these is the one that contains the next one.
		for (const type of ['trak', 'mdia', 'minf', 'stbl']) {
			const at = whole.indexOf(type) - 4;
			whole.writeUInt32BE(whole.readUInt32BE(at) + added.length, at);
		}
		return box('moov', Buffer.concat([whole, added]), box('udta', Buffer.alloc(50)));
	};

	it.each([
		['nothing', 0, { seconds: 5 }],
		['a byte', 1, { seconds: 5 }],
		['all after the track', 58, { seconds: 5 }],
		['a table that is not needed', 58 + 28, { seconds: 5 }],
		['no table that is needed', 58 + 29, 'cut'],
	])('%s', (_name, bytes, expected) => {
		const whole = Buffer.concat([M4A_START, movie([...needed, box('sgpd', Buffer.alloc(20))])]);
		expect(readMp4(whole.subarray(0, whole.length - bytes))).toEqual(expected);
	});
});

it('media data that looks like a fragment is not one', () => {
	const other = box('mdat', fragment({ flags: 0x100, fields: [1, 700] }).subarray(8));
	expect(readMp4(Buffer.concat([M4A_START, box('moov', sound), other]))).toEqual({ seconds: 5 });
});

it.each(['png ', 'jpeg', 'mjpg'])('a track of %s contains chapter images', (format) => {
	const pictures = track({ handler: 'vide', format });
	expect(readMp4(Buffer.concat([M4A_START, box('moov', pictures, sound)]))).toEqual({ seconds: 5 });
});

it.each([
	['cut before its data', [M4A_START.subarray(0, 16), box('moov', sound)], 'cut'],
	['cut before the data of a fragment', [M4A_START, box('moov', sound), box('moof')], 'cut'],
	['cut in its data', [M4A_START, box('moov', sound), data.subarray(0, 50)], 'cut'],
	['cut before its movie box', [M4A_START, data.subarray(0, 50)], 'cut'],
	['without a movie box', [M4A_START, data], 'unreadable'],
	[
		'with moving pictures',
		[M4A_START, box('moov', sound, track({ handler: 'vide', format: 'avc1' }))],
		'video',
	],
	['without tracks', [M4A_START, box('moov')], 'silent'],
	['with text alone', [M4A_START, box('moov', track({ handler: 'text' }))], 'silent'],
	['without samples', [M4A_START, box('moov', track())], 'unreadable'],
	[
		'without a time scale',
		[M4A_START, box('moov', track({ samples: FIVE_SECONDS, timescale: 0 }))],
		'unreadable',
	],
	[
		'with a box smaller than its header',
		[M4A_START, words(7, 0), box('moov', sound)],
		'unreadable',
	],
	['with a truncated 64-bit size', [M4A_START, words(1, 0, 0)], 'unreadable'],
])('%s', (_name, parts, fault) => {
	expect(readMp4(Buffer.concat(parts))).toBe(fault);
});
