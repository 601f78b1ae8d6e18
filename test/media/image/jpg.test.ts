import fc from 'fast-check';
import { imageDimensionsFromData } from 'image-dimensions';

import { readJpg } from '../../../nodes/CometApiKling/media/image/jpg';
import { noise } from '../corpus/corpusFile';
import { JPG, jpgFrame, jpgOf } from '../handMade';

const SIZE = { width: 900, height: 700 };
const FRAME: [number, Buffer] = [JPG.baseline, jpgFrame(900, 700)];
const SCAN: [number, Buffer] = [JPG.scan, Buffer.alloc(9)];
const TABLES: [number, Buffer] = [JPG.tables, Buffer.alloc(65)];
const HUFFMAN: [number, Buffer] = [0xc4, Buffer.alloc(20)];

const whole = jpgOf(TABLES, FRAME, HUFFMAN, SCAN);
const preview = jpgOf([JPG.baseline, jpgFrame(160, 120)], SCAN);
/** Markers of a scan without an end after them, as any clip may contain. */
const scanMarks = Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0]);

/** The JPG with extra bytes before each of its segments except the first. */
function withBetween(extra: Buffer): Buffer {
	const parts: Buffer[] = [];
	let offset = 2;
	for (let segment = 0; segment < 4; segment++) {
		const end = offset + 2 + whole.readUInt16BE(offset + 2);
		parts.push(...(segment > 0 ? [extra] : []), whole.subarray(offset, end));
		offset = end;
	}
	return Buffer.concat([whole.subarray(0, 2), ...parts, whole.subarray(offset)]);
}

test.each<[string, Buffer]>([
	['as it is', whole],
	['with a clip after it', Buffer.concat([whole, Buffer.from('\0\0\0\x18ftypmp42'), noise(9999)])],
	['with scan markers after it', Buffer.concat([whole, scanMarks, noise(999)])],
	['with a second picture after it', Buffer.concat([whole, preview])],
	['with half a picture after it', Buffer.concat([whole, preview.subarray(0, -2)])],
	['with fill bytes in front of markers', withBetween(Buffer.from([0xff, 0xff, 0xff]))],
	['with zeros between segments', withBetween(Buffer.alloc(4))],
	['with stray bytes between segments', withBetween(Buffer.from('stray'))],
	['with FF 00 between segments', withBetween(Buffer.from([0xff, 0, 0x20, 0x20]))],
	['with FF 01 between segments', withBetween(Buffer.from([0xff, 1, 0x20, 0x20]))],
	['with restart markers in its scan', jpgOf(TABLES, FRAME, HUFFMAN, [JPG.scan, noise(9)])],
	[
		'with several scans, tables between them',
		jpgOf([JPG.progressive, jpgFrame(900, 700)], HUFFMAN, SCAN, HUFFMAN, SCAN, SCAN),
	],
	['with a preview in its metadata', jpgOf([JPG.app1, preview], FRAME, SCAN)],
	[
		'with a preview, and a clip after it',
		Buffer.concat([jpgOf([JPG.app1, preview], FRAME, SCAN), noise(5000)]),
	],
])('reads a JPG %s', (_name, file) => {
	expect(readJpg(file)).toEqual(SIZE);
});

test('only image-dimensions mistakes FF 00 between segments for a marker', () => {
	const file = withBetween(Buffer.from([0xff, 0, 0x20, 0x20]));
	expect(imageDimensionsFromData(file)).toBeUndefined();
});

test('skips scan data with zeros and restart markers', () => {
	const data = Buffer.from([1, 0xff, 0, 2, 0xff, 0xd0, 3, 0xff, 0xd7, 0xff, 0, 0xd9]);
	const file = Buffer.concat([whole.subarray(0, -2), data]);
	expect(readJpg(Buffer.concat([file, whole.subarray(-2)]))).toEqual(SIZE);
	expect(readJpg(file)).toBe('cut');
});

test.each<[string, Buffer, string]>([
	['cut in its scan', whole.subarray(0, -2), 'cut'],
	['cut within the last marker', whole.subarray(0, -1), 'cut'],
	['cut in front of its scan', jpgOf(TABLES, FRAME).subarray(0, -2), 'cut'],
	['cut within a segment', whole.subarray(0, 30), 'cut'],
	['cut in its preview', jpgOf([JPG.app1, preview], FRAME, SCAN).subarray(0, 50), 'cut'],
	['without a scan', jpgOf(TABLES, FRAME), 'unreadable'],
	['without a frame', jpgOf(TABLES, SCAN), 'unreadable'],
	['with its frame after its scan', jpgOf(TABLES, SCAN, FRAME), 'unreadable'],
	['without a width', jpgOf([JPG.baseline, jpgFrame(0, 700)], SCAN), 'unreadable'],
	['without a height', jpgOf([JPG.baseline, jpgFrame(900, 0)], SCAN), 'unreadable'],
])('rejects a JPG %s', (_name, file, fault) => {
	expect(readJpg(file)).toBe(fault);
});

test('bytes between and after segments change nothing', () => {
	// 0xFF is left out, because it may start a marker.
	const stray = fc.array(fc.nat({ max: 0xfe }), { maxLength: 40 });
	fc.assert(
		fc.property(stray, fc.uint8Array({ maxLength: 200 }), (between, behind) => {
			const file = Buffer.concat([withBetween(Buffer.from(between)), behind]);
			expect(readJpg(file)).toEqual(SIZE);
		}),
	);
});
