import {
	boxesIn,
	findBox,
	flagsOf,
	textIn,
	uint32In,
} from '../../../nodes/CometApiKling/media/mp4/mp4Boxes';
import { box, largeBox, words } from '../handMade';

/** A box of a file that contains only this box. */
function only(file: Buffer) {
	const [first] = boxesIn(file, 0, file.length);
	if (!first) throw new Error('There is no box.');
	return first;
}

const types = (file: Buffer) => boxesIn(file, 0, file.length).map(({ type }) => type);

describe('the boxes of a level', () => {
	test('are listed with their position', () => {
		const file = Buffer.concat([box('free'), largeBox('mdat', Buffer.alloc(3)), box('moov')]);
		expect(boxesIn(file, 0, file.length)).toEqual([
			{ type: 'free', start: 8, end: 8, missingBytes: 0 },
			{ type: 'mdat', start: 24, end: 27, missingBytes: 0 },
			{ type: 'moov', start: 35, end: 35, missingBytes: 0 },
		]);
		expect(boxesIn(Buffer.alloc(0), 0, 0)).toEqual([]);
	});

	test('may end with an empty box that has a 64-bit size', () => {
		expect(types(largeBox('free'))).toEqual(['free']);
	});

	test('may end with a box that extends to the end of the file', () => {
		const file = box('mdat', Buffer.alloc(5));
		file.writeUInt32BE(0);
		expect(only(file)).toEqual({ type: 'mdat', start: 8, end: 13, missingBytes: 0 });
	});

	test('may end with a truncated box', () => {
		const file = box('mdat', Buffer.alloc(5)).subarray(0, 10);
		expect(only(file)).toEqual({ type: 'mdat', start: 8, end: 10, missingBytes: 3 });
	});

	test('end at a box that is smaller than its header', () => {
		const file = Buffer.concat([box('free'), words(7), Buffer.from('junk'), box('moov')]);
		expect(types(file)).toEqual(['free']);
	});

	test('are no more than a hundred thousand', () => {
		const file = Buffer.concat(new Array<Buffer>(100_001).fill(box('free')));
		expect(boxesIn(file, 0, file.length)).toHaveLength(100_000);
	});
});

test('a path of boxes that ends early has no result', () => {
	const file = box('moov', box('trak', box('mdia')));
	expect(findBox(file, only(file), 'trak', 'mdia')).toMatchObject({ type: 'mdia' });
	expect(findBox(file, only(file), 'trak', 'minf', 'stbl', 'stsd')).toBeUndefined();
});

describe('the content of a box', () => {
	const file = Buffer.concat([box('hdlr', words(0x01000203), Buffer.from('soun')), box('next')]);

	test('is read up to its end', () => {
		expect(uint32In(file, only(file), 0)).toBe(0x01000203);
		expect(textIn(file, only(file), 4)).toBe('soun');
		expect(flagsOf(file, only(file))).toBe(0x0203);
	});

	test('is not read beyond its end', () => {
		expect(uint32In(file, only(file), 5)).toBeUndefined();
		expect(textIn(file, only(file), 5)).toBe('');
		const empty = box('trun');
		expect(flagsOf(empty, only(empty))).toBe(0);
	});
});
