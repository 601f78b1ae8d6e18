import { readAdts } from '../../../nodes/CometApiKling/media/audio/adts';
import type { AudioLength } from '../../../nodes/CometApiKling/media/audioLength';
import { skipId3 } from '../../../nodes/CometApiKling/media/audio/mp3/id3';
import { readMp3 } from '../../../nodes/CometApiKling/media/audio/mp3/mp3';

/** MPEG 1, layer III, 128 kbit/s, 48 kHz: 384 bytes and 24 ms. */
const MP3_FRAME = Buffer.concat([Buffer.from([0xff, 0xfb, 0x94, 0]), Buffer.alloc(380)]);
const MP3_FRAME_SECONDS = 0.024;

/** AAC LC, 48 kHz: 16 bytes and one block of 1024 samples. */
const ADTS_FRAME = Buffer.concat([
	Buffer.from([0xff, 0xf1, 0x4c, 0x80, 0x02, 0x1f, 0xfc]),
	Buffer.alloc(9),
]);
const ADTS_FRAME_SECONDS = 1024 / 48_000;

const secondsIn = (length: AudioLength) =>
	typeof length === 'string' ? undefined : length.seconds;
const mp3Seconds = (sound: Buffer) => secondsIn(readMp3(sound));
const adtsSeconds = (sound: Buffer) => secondsIn(readAdts(sound));

function repeat(frame: Buffer, times: number): Buffer {
	return Buffer.concat(new Array<Buffer>(times).fill(frame));
}

describe.each([
	['MP3', mp3Seconds, MP3_FRAME, MP3_FRAME_SECONDS],
	['ADTS', adtsSeconds, ADTS_FRAME, ADTS_FRAME_SECONDS],
])('%s', (_name, secondsOf, frame, frameSeconds) => {
	const frames = (times: number) => repeat(frame, times);
	const junk = (bytes: number) => Buffer.alloc(bytes, 0x55);
	const limit = 64 * 1024;
	const zeros = Buffer.alloc(3 * limit);
	const apeTag = (bytes: number) => {
		const header = Buffer.alloc(32);
		header.write('APETAGEX', 'latin1');
		header.writeUInt32LE(bytes, 12);
		return Buffer.concat([header, junk(bytes)]);
	};

	it.each([
		['one frame', frames(1), 1],
		['many frames', frames(100), 100],
		['a truncated last frame', frames(10).subarray(0, -1), 9],
		['a truncated last header', Buffer.concat([frames(10), frame.subarray(0, 2)]), 10],
		['three frames before junk', Buffer.concat([frames(3), junk(1000)]), 3],
		['junk before the first', Buffer.concat([junk(1000), frames(10)]), 10],
		['any amount of zeros before the first', Buffer.concat([zeros, frames(10)]), 10],
		['zeros and junk before the first', Buffer.concat([zeros, junk(1000), frames(10)]), 10],
		['an APE tag before the first', Buffer.concat([apeTag(3 * limit), frames(10)]), 10],
		['tags and zeros in turn', Buffer.concat([apeTag(9), zeros, apeTag(limit), frames(10)]), 10],
		['half an APE tag', Buffer.concat([apeTag(9999).subarray(0, 32), frames(10)]), 10],
		['junk in between', Buffer.concat([frames(10), junk(limit - frame.length), frames(10)]), 20],
		['any amount of junk in between', Buffer.concat([frames(10), junk(4 * limit), frames(10)]), 20],
		['a tag after the last', Buffer.concat([frames(10), Buffer.from('TAG'), junk(125)]), 10],
		['a damaged header', Buffer.concat([frames(5), junk(4), frame.subarray(4), frames(5)]), 10],
	])('%s', (_case, sound, count) => {
		expect(secondsOf(sound)).toBeCloseTo(count * frameSeconds, 6);
	});

	it.each([
		['nothing', Buffer.alloc(0)],
		['junk', junk(1000)],
		['junk that ends the way a frame begins', Buffer.concat([junk(1000), frame.subarray(0, 7)])],
		['too much junk before the first', Buffer.concat([junk(limit), frames(10)])],
		['two frames before junk', Buffer.concat([frames(2), junk(1000)])],
	])('finds no length for %s', (_case, sound) => {
		expect(secondsOf(sound)).toBeUndefined();
	});
});

describe('MP3 headers', () => {
	it.each([
		['MPEG 1, 44.1 kHz, 320 kbit/s, padded', [0xff, 0xfb, 0xe2, 0], 1045, 1152 / 44_100],
		['MPEG 1, 32 kHz, 32 kbit/s', [0xff, 0xfa, 0x18, 0], 144, 0.036],
		['MPEG 2, 24 kHz, 8 kbit/s', [0xff, 0xf3, 0x14, 0], 24, 0.024],
		['MPEG 2, 22.05 kHz, 160 kbit/s', [0xff, 0xf2, 0xe0, 0], 522, 576 / 22_050],
		['MPEG 2.5, 8 kHz, 64 kbit/s', [0xff, 0xe3, 0x88, 0], 576, 0.072],
	])('%s', (_name, header, bytes, seconds) => {
		const frame = Buffer.concat([Buffer.from(header), Buffer.alloc(bytes - 4)]);
		// This is an odd number, since every second frame would be enough for half the sample rate.
		expect(mp3Seconds(repeat(frame, 51))).toBeCloseTo(51 * seconds, 6);
	});

	it.each([
		['layer II', [0xff, 0xfd, 0x94]],
		['layer I', [0xff, 0xff, 0x94]],
		['a reserved version', [0xff, 0xeb, 0x94]],
		['a reserved sample rate', [0xff, 0xfb, 0x9c]],
		['a "free" bit rate', [0xff, 0xfb, 0x04]],
		['a reserved bit rate', [0xff, 0xfb, 0xf4]],
	])('finds no length with %s', (_name, header) => {
		const frame = Buffer.concat([Buffer.from(header), Buffer.alloc(381)]);
		expect(mp3Seconds(repeat(frame, 50))).toBeUndefined();
	});

	it.each([
		['Xing', 36],
		['Info', 21],
		['Info', 13],
		['VBRI', 36],
	])('counts no sound in a first frame with the tag %s', (name, offset) => {
		const tag = Buffer.from(MP3_FRAME);
		tag.write(name, offset, 'latin1');
		const sound = Buffer.concat([tag, repeat(MP3_FRAME, 10)]);
		expect(mp3Seconds(sound)).toBeCloseTo(10 * MP3_FRAME_SECONDS, 6);
	});
});

describe('ADTS headers', () => {
	it('count the blocks', () => {
		const frame = Buffer.from(ADTS_FRAME);
		frame[6] = 0xff;
		expect(adtsSeconds(repeat(frame, 10))).toBeCloseTo(40 * ADTS_FRAME_SECONDS, 6);
	});

	it('may be all that a frame contains', () => {
		const frame = Buffer.from([0xff, 0xf1, 0x4c, 0x80, 0x00, 0xff, 0xfc]);
		expect(adtsSeconds(repeat(frame, 10))).toBeCloseTo(10 * ADTS_FRAME_SECONDS, 6);
	});

	it('finds no length if frames are shorter than their header', () => {
		const frame = Buffer.from([0xff, 0xf1, 0x4c, 0x80, 0x00, 0xdf]);
		expect(adtsSeconds(repeat(frame, 10))).toBeUndefined();
	});

	it('finds no length with a reserved sample rate', () => {
		const frame = Buffer.from(ADTS_FRAME);
		frame[2] = 0x74;
		expect(adtsSeconds(repeat(frame, 10))).toBeUndefined();
	});
});

describe('ID3v2 tags', () => {
	const tag = (bytes: number, flags = 0) =>
		Buffer.concat([
			Buffer.from('ID3\x04\0', 'latin1'),
			Buffer.from([flags, 0, 0, bytes >> 7, bytes & 0x7f]),
			Buffer.alloc(bytes),
		]);
	const footer = Buffer.alloc(10);
	const sound = Buffer.alloc(5);

	it.each([
		['none', [sound], 0],
		['one', [tag(300), sound], 310],
		['one with a footer', [tag(300, 0x10), footer, sound], 320],
		['two', [tag(300), tag(5), sound], 325],
		['a truncated one', [tag(300).subarray(0, 200)], 200],
		['one without its header', [tag(300).subarray(0, 9)], 9],
	])('%s', (_name, parts, offset) => {
		expect(skipId3(Buffer.concat(parts))).toBe(offset);
	});

	it('stops after eight tags in a row', () => {
		expect(skipId3(repeat(tag(0), 1000))).toBe(80);
	});
});
