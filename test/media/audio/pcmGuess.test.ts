import { guessPcmByteOrder } from '../../../nodes/CometApiKling/media/audio/pcmGuess';
import { checkAudio } from '../../../nodes/CometApiKling/media/audio/checkAudio';
import { like } from '../../support/matchers';
import { noise } from '../corpus/corpusFile';

/**
 * Similar enough to a voice for the guess: two tones with a little noise, from the first byte on.
 */
function voice(samples: number, isBigEndian = false): Buffer {
	const bytes = Buffer.alloc(samples * 2);
	const hiss = noise(samples);
	for (let index = 0; index < samples; index++) {
		const tones = 6_000 * Math.sin(index / 20 + 3) + 3_000 * Math.sin(index / 7);
		const value = Math.round(tones + (hiss[index] ?? 0) - 128);
		if (isBigEndian) bytes.writeInt16BE(value, index * 2);
		else bytes.writeInt16LE(value, index * 2);
	}
	return bytes;
}

test.each([
	['a voice', voice(24_000), 'le'],
	['a big-endian voice', voice(24_000, true), 'be'],
	['a short voice', voice(500), 'le'],
	['too short a voice', voice(499), undefined],
	['a voice of eight bits', voice(24_000).map((byte, at) => (at % 2 === 0 ? 0 : byte)), 'le'],
	[
		'a big-endian voice of eight bits',
		voice(24_000, true).map((byte, at) => (at % 2 === 1 ? 0 : byte)),
		'be',
	],
	['noise', noise(50_000), undefined],
	['silence', Buffer.alloc(50_000), undefined],
	['nothing', Buffer.alloc(0), undefined],
])('%s', (_name, bytes, order) => {
	expect(guessPcmByteOrder(bytes)).toBe(order);
});

test('the advice matches the byte order', () => {
	const problem =
		'the file looks like raw PCM audio without a header; Kling accepts MP3, WAV, M4A and AAC';
	expect(checkAudio(voice(24_000))).toMatchObject({
		problem,
		advice: like(/^Set the MIME type .* audio\/L16;rate=24000, or convert it, .* -f s16le .*\.$/),
	});
	expect(checkAudio(voice(24_000), 'base64')).toMatchObject({
		problem,
		advice: like(/^Write its MIME type .* "data:audio\/L16;rate=24000;base64,", or convert it, /),
	});
	expect(checkAudio(voice(24_000, true))).toMatchObject({
		problem,
		advice: like(/^Convert its byte order .* -f s16be .*\.$/),
	});
});
