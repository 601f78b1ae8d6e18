import { checkAudio } from '../../../nodes/CometApiKling/media/audio/checkAudio';
import { MEDIA_LIMITS } from '../../../nodes/CometApiKling/media/limits';
import { riffChunk, riffWave, wavFormat, wavOf } from '../handMade';

const { audioMaxBytes } = MEDIA_LIMITS;

/** Five seconds of 1 MB each, minus the headers; `extra` are bytes in a further chunk. */
function wavOfBytes(bytes: number): Buffer {
	const headers = riffWave(wavFormat(1_000_000), riffChunk('data', Buffer.alloc(0))).length;
	return riffWave(wavFormat(1_000_000), riffChunk('data', Buffer.alloc(bytes - headers)));
}

it.each([
	['2 seconds', wavOf(2), 2],
	['60 seconds', wavOf(60), 60],
	['60 seconds and the padding of an encoder', wavOf(60.2), 60.2],
])('accepts %s without a hint', (_name, bytes, seconds) => {
	const facts = { format: 'wav', mimeType: 'audio/wav', seconds };
	expect(checkAudio(bytes)).toStrictEqual({ ok: true, facts });
});

it.each([
	['60.3 seconds', wavOf(60.3), 60.3],
	['300 seconds', wavOf(300), 300],
	['300 seconds and the padding of an encoder', wavOf(300.2), 300.2],
])('accepts %s with a hint', (_name, bytes, seconds) => {
	expect(checkAudio(bytes)).toStrictEqual({
		ok: true,
		facts: { format: 'wav', mimeType: 'audio/wav', seconds },
		hint: `The audio is ${seconds} seconds long. Tasks with more than 60 seconds of audio may fail.`,
	});
});

it.each([
	[
		'too short',
		wavOf(1.999),
		'the audio is 1.99 seconds long, but an avatar needs at least 2 seconds',
		'Use longer audio, or add silence at the end.',
	],
	[
		'too long',
		wavOf(300.201),
		'the audio is 300.21 seconds long; Kling accepts up to 300',
		'Cut it into shorter pieces, one for each item.',
	],
	[
		'too large',
		wavOfBytes(audioMaxBytes + 2),
		'the file is 5.01 MB; Kling accepts audio of up to 5 MB',
		'Shorten it, or save it as MP3 with a lower bit rate.',
	],
])('rejects %s', (_name, bytes, problem, advice) => {
	expect(checkAudio(bytes)).toStrictEqual({ ok: false, problem, advice });
});

it('accepts 5 MB', () => {
	const bytes = wavOfBytes(audioMaxBytes);
	expect(bytes).toHaveLength(audioMaxBytes);
	expect(checkAudio(bytes).ok).toBe(true);
});
