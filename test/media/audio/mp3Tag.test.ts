import { readMp3 } from '../../../nodes/CometApiKling/media/audio/mp3/mp3';
import { noise } from '../corpus/corpusFile';
import { id3WithCover } from '../corpus/files/mp3';

/** MPEG 1, layer III, 128 kbit/s, 48 kHz: 384 bytes, 1152 samples and 24 ms. */
const FRAME = Buffer.concat([Buffer.from([0xff, 0xfb, 0x94, 0]), Buffer.alloc(380)]);
const FRAME_SECONDS = 0.024;
const RATE_HZ = 48_000;

const frames = (count: number) => Buffer.concat(new Array<Buffer>(count).fill(FRAME));

interface Tag {
	name?: string;
	flags?: number;
	frames?: number;
	encoder?: string;
	/** Two numbers of 12 bits. */
	delays?: number;
}

/** A first frame with Xing's tag; `flags` say which fields precede the encoder's name. */
function xing({
	name = 'Xing',
	flags = 0x0f,
	frames: count = 0,
	encoder,
	delays = 0,
}: Tag): Buffer {
	const frame = Buffer.from(FRAME);
	let offset = 36;
	frame.write(name, offset, 'latin1');
	frame.writeUInt32BE(flags, offset + 4);
	offset += 8;
	if (flags & 1) frame.writeUInt32BE(count, offset);
	offset += [4, 4, 100, 4].reduce((sum, bytes, bit) => sum + (flags & (1 << bit) ? bytes : 0), 0);
	if (encoder !== undefined) {
		frame.write(encoder, offset, 'latin1');
		frame.writeUIntBE(delays, offset + 21, 3);
	}
	return frame;
}

function secondsOf(...parts: Buffer[]): number {
	const length = readMp3(Buffer.concat(parts));
	if (typeof length === 'string') throw new Error(length);
	return length.seconds;
}

describe('the number of frames', () => {
	test.each<[string, number, number]>([
		['as announced', 100, 100],
		['a few less than announced', 105, 100],
		['nine tenths of what is announced', 100, 90],
		['more than announced, as in joined files', 50, 100],
		['not announced', 0, 100],
	])('%s is accepted', (_name, announced, there) => {
		expect(secondsOf(xing({ frames: announced }), frames(there))).toBeCloseTo(
			there * FRAME_SECONDS,
			6,
		);
	});

	test.each<[string, Tag, number]>([
		['half of what is announced', { frames: 100 }, 50],
		['a little less than nine tenths', { frames: 100 }, 89],
		['half, by the tag of a constant bit rate', { name: 'Info', frames: 100 }, 50],
		['half, without the other fields', { flags: 1, frames: 100 }, 50],
		['none', { frames: 100 }, 0],
	])('%s means that the file was cut off', (_name, tag, there) => {
		expect(readMp3(Buffer.concat([xing(tag), frames(there)]))).toBe('cut');
	});

	test('in another field does not count', () => {
		expect(secondsOf(xing({ flags: 0x0e, frames: 0 }), frames(9))).toBeCloseTo(
			9 * FRAME_SECONDS,
			6,
		);
	});

	test("in Fraunhofer's tag counts as well", () => {
		const tag = Buffer.from(FRAME);
		tag.write('VBRI', 36, 'latin1');
		tag.writeUInt32BE(100, 36 + 14);
		expect(readMp3(Buffer.concat([tag, frames(50)]))).toBe('cut');
		expect(secondsOf(tag, frames(100))).toBeCloseTo(100 * FRAME_SECONDS, 6);
	});

	test('is not read if the file ends within the tag', () => {
		expect(readMp3(xing({ frames: 9 }).subarray(0, 42))).toBe('unreadable');
	});
});

describe('what the encoder added', () => {
	const delays = (576 << 12) | 1000;
	const added = (576 + 1000) / RATE_HZ;

	test.each(['LAME3.100', 'Lavf58.20', 'Lavc58.35'])(
		'is left out if the encoder is %s',
		(encoder) => {
			const sound = [xing({ frames: 100, encoder, delays }), frames(100)];
			expect(secondsOf(...sound)).toBeCloseTo(100 * FRAME_SECONDS - added, 6);
		},
	);

	test('is left out once in a joined file', () => {
		const sound = [xing({ frames: 50, encoder: 'LAME', delays }), frames(100)];
		expect(secondsOf(...sound)).toBeCloseTo(100 * FRAME_SECONDS - added, 6);
	});

	test('at the end is not left out if the end is missing', () => {
		const sound = [xing({ frames: 105, encoder: 'LAME', delays }), frames(100)];
		expect(secondsOf(...sound)).toBeCloseTo(100 * FRAME_SECONDS - (576 + 529) / RATE_HZ, 6);
	});

	test('at the end is never negative', () => {
		const short = (576 << 12) | 5;
		const sound = [xing({ frames: 100, encoder: 'LAME', delays: short }), frames(100)];
		expect(secondsOf(...sound)).toBeCloseTo(100 * FRAME_SECONDS - (576 + 529) / RATE_HZ, 6);
	});

	test('of other encoders is ignored', () => {
		const sound = [xing({ frames: 100, encoder: 'Mine', delays }), frames(100)];
		expect(secondsOf(...sound)).toBeCloseTo(100 * FRAME_SECONDS, 6);
	});

	test('is read after the fields that are present', () => {
		const sound = [xing({ flags: 0x05, frames: 100, encoder: 'LAME', delays }), frames(100)];
		expect(secondsOf(...sound)).toBeCloseTo(100 * FRAME_SECONDS - added, 6);
	});
});

describe('tags between joined files', () => {
	test.each<[string, Buffer]>([
		['a cover of 300 kB', id3WithCover(noise(300_000))],
		['a cover of 1 MB', id3WithCover(noise(1_000_000))],
		['two covers', Buffer.concat([id3WithCover(noise(9)), id3WithCover(noise(90_000))])],
		['an old tag', Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125)])],
		['zeros', Buffer.alloc(200_000)],
		// Bytes in a cover that look like frames are not sound.
		['a cover with frames in it', id3WithCover(frames(50))],
		['a tag that claims to be longer than the file', Buffer.from('ID3\x04\0\0\x7f\x7f\x7f\x7f')],
	])('%s', (_name, between) => {
		expect(secondsOf(frames(50), between, frames(50))).toBeCloseTo(100 * FRAME_SECONDS, 6);
	});

	test('ignores a tag at the end', () => {
		const tag = id3WithCover(frames(50));
		expect(secondsOf(frames(50), tag)).toBeCloseTo(50 * FRAME_SECONDS, 6);
		expect(secondsOf(frames(50), Buffer.from('ID3\x04\0'))).toBeCloseTo(50 * FRAME_SECONDS, 6);
	});
});
