import { readWav } from '../../../nodes/CometApiKling/media/audio/wav';
import { riffChunk, riffWave, wavFormat } from '../handMade';

const RATE = 1000;
const format = wavFormat(RATE);
const data = (bytes: number, size?: number) => riffChunk('data', Buffer.alloc(bytes), size);

it.each([
	['the data chunk alone counts', [format, data(3000), riffChunk('LIST', Buffer.alloc(900))], 3],
	['chunks before it are skipped', [format, riffChunk('LIST', Buffer.alloc(901)), data(3000)], 3],
	[
		'chunks before the format are skipped, too',
		[riffChunk('JUNK', Buffer.alloc(28)), format, data(2500)],
		2.5,
	],
	['a size that was never filled in means "to the end"', [format, data(3000, 0xffffffff)], 3],
	['a size of 0 means the same', [format, data(3000, 0)], 3],
	['a file that lacks a little is as long as what is left', [format, data(3000, 3200)], 3],
])('%s', (_name, chunks, seconds) => {
	expect(readWav(riffWave(...chunks))).toEqual({ seconds });
});

it.each([
	['no chunks', []],
	['no format', [data(3000)]],
	['no data', [format]],
	['a data chunk that ends the file', [format, data(0)]],
	['a byte rate of 0', [wavFormat(0), data(3000)]],
	['a format that is too short', [riffChunk('fmt ', Buffer.alloc(14, 1)), data(3000)]],
])('finds no length with %s', (_name, chunks) => {
	expect(readWav(riffWave(...chunks))).toBe('unreadable');
});

it('finds no length if the file ends within the format', () => {
	expect(readWav(riffWave(format).subarray(0, 30))).toBe('unreadable');
});
