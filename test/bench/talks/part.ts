import { chainOf, itemsOf, klingNode, type WorkflowJson } from '../../harness';
import { ENGLISH_MINUTE } from '../../talk/texts';
import { idealSeconds } from '../batches/ideal';
import { BenchEngine } from '../engine';
import { atMost, markdownTable, type Figure, type PartResult } from '../figures';
import { seededRandom } from '../schedules/random';
import { TaskTimes } from '../schedules/taskTimes';
import type { ServiceStart } from '../service/messages';
import { Service } from '../service/service';

/** How many seconds pass per second in the engine, the node and the simulator. */
const SPEED = 20;

/** The same as in the batches part. */
const TASK_TIMES = new TaskTimes(180_000, 0.25);
const SEED = 13;

/** The number of parts of the text below. */
const CLIPS = 20;

/** About 15 minutes of English, each minute with a number, so that no two parts are equal. */
const TEXT = Array.from(
	{ length: 15 },
	(_, minute) => `Part ${minute + 1}. ${ENGLISH_MINUTE}`,
).join(' ');

/** All speech is the same sound, since we do not measure how the simulator creates it. */
const SPEECH_SECONDS = 10;

interface Scenario {
	name: string;
	slots: number;
	/** Target: this many times the ideal (the slowest clip, if each clip has a slot). */
	maxRatio: number;
}

const SCENARIOS: Scenario[] = [
	{ name: `a talk of ${CLIPS} clips, 20 slots`, slots: 20, maxRatio: 1.15 },
	{ name: `a talk of ${CLIPS} clips, 5 slots`, slots: 5, maxRatio: 1.25 },
];

interface Outcome {
	seconds: number;
	clips: number;
	paid: number;
	error?: string;
}

/**
 * Runs a long text (speech, clips and joining) with one slot per clip, and with fewer slots.
 */
export async function benchTalks(): Promise<PartResult> {
	const engine = new BenchEngine({ speed: SPEED });
	try {
		await runTalk(engine, 20, [10]);
		const figures: Figure[] = [];
		const rows: string[][] = [];
		for (const { name, slots, maxRatio } of SCENARIOS) {
			const times = drawnSeconds();
			const ideal = idealSeconds(times, { slots, held: 0, heldSeconds: 0 });
			const { seconds, clips, paid, error = '' } = await runTalk(engine, slots, times);
			figures.push(
				atMost(`${name}: time as a multiple of the ideal`, seconds / ideal, maxRatio, ''),
				{
					what: `${name}: clips delivered`,
					figure: String(clips),
					target: String(CLIPS),
					verdict: clips === CLIPS ? 'met' : 'missed',
				},
			);
			rows.push([name, `${ideal.toFixed(0)} s`, `${seconds.toFixed(0)} s`, String(paid), error]);
		}
		return {
			title: 'Talks',
			figures,
			details: markdownTable(['Talk', 'Ideal', 'Time', 'Tasks paid for', 'Error'], rows),
		};
	} finally {
		engine.stop();
	}
}

async function runTalk(
	engine: BenchEngine,
	slots: number,
	taskSeconds: number[],
): Promise<Outcome> {
	const options = {
		taskSeconds,
		speed: SPEED,
		parallelLimit: slots,
		spokenSeconds: SPEECH_SECONDS,
	};
	const service = await Service.start(options);
	try {
		const startedAt = performance.now();
		const result = await engine.runAnyhow({
			workflow: talkWorkflow(service.at),
			credentials: service.credentials,
			input: itemsOf({}),
			binaryMode: 'filesystem',
		});
		const seconds = ((performance.now() - startedAt) / 1000) * SPEED;
		const clips = result.items('CometAPI Kling')[0]?.json.clips;
		const { paid } = await service.counts();
		return {
			seconds,
			clips: Array.isArray(clips) ? clips.length : 0,
			paid,
			error: result.error?.message,
		};
	} finally {
		service.stop();
	}
}

function talkWorkflow({ mediaUrl }: ServiceStart): WorkflowJson {
	return chainOf(
		klingNode({
			resource: 'avatar',
			operation: 'create',
			imageSource: 'url',
			imageUrl: `${mediaUrl}/face.png`,
			audioSource: 'text',
			text: TEXT,
			options: { longText: 'split', maxConcurrentTasks: 20, maxWaitSeconds: 86_400 },
		}),
	);
}

function drawnSeconds(): number[] {
	return TASK_TIMES.draw(CLIPS, seededRandom(SEED)).map((durationMs) => durationMs / 1000);
}
