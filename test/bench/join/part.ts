import { statSync } from 'node:fs';
import type { INodeExecutionData } from 'n8n-workflow';

import { concatByFfmpeg } from '../../join/concat';
import { JoinEngine } from '../../join/engine';
import { Samples } from '../../media/samples';
import { atMost, compare, type Figure, type PartResult } from '../figures';
import { riseDuring } from '../memory/peak';

const CLIPS = 20;
const CLIP_SECONDS = 10;
/** The encoder pads the simple picture to this bit rate, which gives 15 MB in ten seconds. */
const VIDEO_KILOBITS = 11_900;
const WARM_UP_CLIPS = 2;

/** Odd, so that the median is one of them. */
const ROUNDS = 5;

const MAX_TIMES_FFMPEG = 1.5;
const MAX_RISE_MB = 48;

/** Joins 20 clips of 15 MB, in n8n's engine and with ffmpeg. */
export async function benchJoin(): Promise<PartResult> {
	const samples = new Samples();
	const figures: Figure[] = [];
	try {
		for (const place of ['last', 'first'] as const) {
			const clip = await makeClip(samples, place);
			const what = `Joining ${CLIPS} clips of 15 MB, header ${place}`;
			const { ratio, ourSeconds, riseMegabytes } = await measure(samples, clip);
			figures.push(
				atMost(`${what}: time as a multiple of ffmpeg's`, ratio, MAX_TIMES_FFMPEG, ''),
				compare(`${what}: time`, ourSeconds, 's'),
				atMost(`${what}: memory`, riseMegabytes, MAX_RISE_MB, 'MB'),
			);
		}
	} finally {
		samples.remove();
	}
	return { title: 'Joining clips', figures };
}

async function makeClip(samples: Samples, headerPlace: 'first' | 'last'): Promise<string> {
	const name = `header ${headerPlace}.mp4`;
	const rate = `${VIDEO_KILOBITS}k`;
	await samples.make(
		name,
		...['-f', 'lavfi', '-i', `testsrc2=s=1280x720:r=25:d=${CLIP_SECONDS}`],
		...['-f', 'lavfi', '-i', `sine=d=${CLIP_SECONDS}`],
		...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'],
		...['-b:v', rate, '-minrate', rate, '-maxrate', rate, '-bufsize', rate],
		...['-x264-params', 'nal-hrd=cbr', '-c:a', 'aac', '-b:a', '96k'],
		...(headerPlace === 'first' ? ['-movflags', '+faststart'] : []),
	);
	const path = samples.pathOf(name);
	const megabytes = statSync(path).size / 1e6;
	if (Math.abs(megabytes - 15) > 1) throw new Error(`The clip is ${megabytes} MB, not 15 MB.`);
	return path;
}

/** Returns the median ratio of alternating rounds, and the memory of a new process's first join. */
async function measure(
	samples: Samples,
	clip: string,
): Promise<{ ratio: number; ourSeconds: number; riseMegabytes: number }> {
	const engine = new JoinEngine();
	try {
		const items = await engine.itemsWith(Array.from({ length: CLIPS }, () => clip));
		await joinSeconds(engine, items.slice(0, WARM_UP_CLIPS));
		const riseMegabytes = await riseDuring(
			engine.pid,
			async () => void (await joinSeconds(engine, items)),
		);
		const rounds: Array<{ ours: number; theirs: number }> = [];
		for (let round = 0; round < ROUNDS; round++) {
			const ours = await joinSeconds(engine, items);
			const started = performance.now();
			const files = items.map(() => clip);
			await concatByFfmpeg(files, samples.pathOf('theirs.mp4'));
			rounds.push({ ours, theirs: (performance.now() - started) / 1000 });
		}
		return {
			ratio: median(rounds.map(({ ours, theirs }) => ours / theirs)),
			ourSeconds: median(rounds.map(({ ours }) => ours)),
			riseMegabytes,
		};
	} finally {
		engine.stop();
	}
}

/** The time that the node takes, including the time in which n8n stores the result. */
async function joinSeconds(engine: JoinEngine, items: INodeExecutionData[]): Promise<number> {
	const result = await engine.join(items, 'filesystem');
	if (result.error) throw new Error(result.error.message);
	return (result.data.resultData.runData.Join?.[0]?.executionTime ?? NaN) / 1000;
}

function median(values: number[]): number {
	return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}
