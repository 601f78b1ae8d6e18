import type { ClipSpec } from './makeClip';

interface Sound {
	rate: number;
	channels: number;
}

/** Clips to join. */
export interface Combination {
	title: string;
	clips: ClipSpec[];
	/** Whether the clips share all settings of the video, as those of one talk do. */
	isUniform: boolean;
}

/** Odd lengths, which are multiples of neither picture nor sound frames. */
const LENGTHS = [0.93, 0.71, 1.187, 0.64] as const;

const RATES = [24, 25, 30] as const;

/** Time scales that cameras, editors and encoders use, and ffmpeg's own. */
const TIMESCALES = [undefined, 600, 90_000, 30_000] as const;

/** Settings of the sound, which all clips share. */
const AUDIO: [Sound, ...Sound[]] = [
	{ rate: 44_100, channels: 1 },
	{ rate: 44_100, channels: 2 },
	{ rate: 48_000, channels: 2 },
	{ rate: 24_000, channels: 1 },
];

/** How much longer than the pictures the sound is. */
const EXTRA_SOUND_SECONDS = [-0.15, 0, 0.12] as const;

const B_FRAMES = [0, 2, 3] as const;

/** Without an edit list, the first picture of a clip with B-frames is late. */
const EXTRAS: [string[], ...string[][]] = [[], [], [], ['-use_editlist', '0']];

const COUNT = 40;

/** A fixed seed, so that each run tests the same combinations. */
const SEED = 20_261_127;

export const COMBINATIONS: Combination[] = makeCombinations();

function makeCombinations(): Combination[] {
	let state = SEED;
	const random = (below: number): number => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return (state >>> 16) % below;
	};
	const oneOf = <Value>(first: Value, ...others: Value[]): Value =>
		others[random(others.length + 1) - 1] ?? first;
	return Array.from({ length: COUNT }, (_, number) => {
		const audio = oneOf(...AUDIO);
		const isUniform = number % 4 === 3;
		const settings = (): Partial<ClipSpec> => ({
			fps: oneOf(...RATES),
			bFrames: oneOf(...B_FRAMES),
			timescale: oneOf(...TIMESCALES),
			extra: isUniform ? [] : oneOf(...EXTRAS),
		});
		const shared = settings();
		const clips = Array.from({ length: 3 }, (): ClipSpec => {
			const seconds = oneOf(...LENGTHS);
			return {
				seconds,
				...(isUniform ? shared : settings()),
				fastStart: oneOf(true, false),
				audio: { ...audio, seconds: seconds + oneOf(...EXTRA_SOUND_SECONDS) },
			};
		});
		const names = clips.map(
			({ fps, bFrames, timescale }) => `${fps}/${bFrames}/${timescale ?? '-'}`,
		);
		const sound = `${audio.rate} Hz, ${audio.channels === 1 ? 'mono' : 'stereo'}`;
		return { title: `${number + 1}: ${names.join(' ')}, ${sound}`, clips, isUniform };
	});
}
