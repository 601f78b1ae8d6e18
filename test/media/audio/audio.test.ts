import { execFileSync } from 'node:child_process';
import path from 'node:path';

import { checkAudio } from '../../../nodes/CometApiKling/media/audio/checkAudio';
import { probe } from '../../simulator/probe';
import { ACCEPTED_AUDIO, SOUND_SECONDS, makeAcceptedAudio } from './acceptedAudio';
import { anyNumber } from '../../support/matchers';
import { Samples } from '../samples';

/** Encoders add up to three frames of silence, which are long at 8 kHz. */
const TOLERANCE_SECONDS = Math.max(0.15, 0.02 * SOUND_SECONDS);

const MIME_TYPES = { mp3: 'audio/mpeg', wav: 'audio/wav', m4a: 'audio/mp4', aac: 'audio/aac' };

/** music-metadata does not count fragments if the track has samples, too. */
const UNKNOWN_TO_MUSIC_METADATA = /^first part in moov/;

/** ffprobe guesses from the bit rate if a file has neither tag nor table. */
const GUESSED_BY_FFPROBE = /vbr without tag|\.aac$/;

const samples = new Samples();
let musicMetadata: unknown;

beforeAll(async () => {
	await makeAcceptedAudio(samples);
	const files = ACCEPTED_AUDIO.map(([name]) => samples.pathOf(name));
	const program = path.join(__dirname, 'musicMetadata.mjs');
	musicMetadata = JSON.parse(
		execFileSync(process.execPath, [program, ...files], { encoding: 'utf8' }),
	);
});
afterAll(() => samples.remove());

function secondsOf(name: string): number {
	const verdict = checkAudio(samples.read(name));
	if (!verdict.ok) throw new Error(verdict.problem);
	return verdict.facts.seconds;
}

it.each(ACCEPTED_AUDIO)(
	'recognizes %s from its bytes, with the length that it was made with',
	(name, format) => {
		expect(checkAudio(samples.read(name))).toEqual({
			ok: true,
			facts: { format, mimeType: MIME_TYPES[format], seconds: anyNumber() },
		});
		expect(Math.abs(secondsOf(name) - SOUND_SECONDS)).toBeLessThan(TOLERANCE_SECONDS);
	},
);

it.each(ACCEPTED_AUDIO.filter(([name]) => !UNKNOWN_TO_MUSIC_METADATA.test(name)))(
	'reads the same length of %s as music-metadata',
	(name) => {
		const oracle: unknown = Reflect.get(Object(musicMetadata), samples.pathOf(name));
		expect(Math.abs(secondsOf(name) - Number(oracle))).toBeLessThan(TOLERANCE_SECONDS);
	},
);

it.each(ACCEPTED_AUDIO.filter(([name]) => !GUESSED_BY_FFPROBE.test(name)))(
	'reads the same length of %s as ffprobe',
	async (name) => {
		const oracle = await probe(samples.pathOf(name));
		expect(Math.abs(secondsOf(name) - oracle.seconds)).toBeLessThan(TOLERANCE_SECONDS);
	},
);
