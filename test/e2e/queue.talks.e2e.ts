import { clipsOf } from '../longTalk/setup';
import { ENGLISH_MINUTE } from '../talk/texts';
import { hookFor } from './hook';
import { startQueue, type QueueServer } from './n8n/queue';
import { until } from './until';
import { avatarNode, NODE, workbenchOf, type Workbench } from './workbench';

const TALKS = 10;
const CLIPS_PER_TALK = 20;
const CLIPS = TALKS * CLIPS_PER_TALK;

/** About 15 minutes of English: 20 parts, no two of which are equal. */
const TEXT = Array.from(
	{ length: 15 },
	(_, minute) => `Part ${minute + 1}. ${ENGLISH_MINUTE}`,
).join(' ');

/** The speech of each part is short, so that little video has to be created. */
const SPEECH_SECONDS = 4;

/** The main process starts first, then the workers. */
const START_TIMEOUT_MS = 500_000;

/** For each half: until all talks wait, and until all have ended. */
const HALF_TIMEOUT_MS = 300_000;

let server: QueueServer;
let bench: Workbench;

beforeAll(async () => {
	server = await startQueue(2);
	bench = await workbenchOf(server.rest, server.userFolder, {
		parallelLimit: CLIPS,
		speechSeconds: () => SPEECH_SECONDS,
		taskSeconds: 3600,
	});
}, START_TIMEOUT_MS);
afterAll(async () => {
	await bench.simulator.stop();
	await server.stop();
});

test(
	`${CLIPS} clips of ${TALKS} talks that wait for callbacks are paid for once, and all finish`,
	async () => {
		const hook = await hookFor(
			bench.rest,
			avatarNode(
				bench,
				{ waitStrategy: 'callback', longText: 'split', maxConcurrentTasks: CLIPS },
				{ audioSource: 'text', text: TEXT },
			),
		);
		const have = async (status: 'waiting' | 'success'): Promise<void> =>
			await until(
				async () => (await bench.rest.count(hook.workflowId, status)) === TALKS,
				HALF_TIMEOUT_MS,
			);
		await Promise.all(Array.from({ length: TALKS }, hook.call));
		await have('waiting');

		const clips = bench.simulator.tasks.filter(({ path }) => path !== 'audio/tts');
		expect(clips).toHaveLength(CLIPS);
		for (const { id } of clips) await bench.simulator.finish(id);
		await have('success');

		const ids: unknown[] = [];
		for (const executionId of await bench.rest.executionIds(hook.workflowId)) {
			const [item, ...others] = (await bench.rest.until(executionId)).items(NODE);
			expect(others).toEqual([]);
			const seconds = Number(item?.json.video_duration);
			expect(Math.round(seconds / CLIPS_PER_TALK)).toBe(SPEECH_SECONDS);
			expect(Object.keys(item?.binary ?? {})).toEqual(['data']);
			ids.push(...clipsOf(item).map(({ task_id }) => task_id));
		}
		expect(ids.sort()).toEqual(clips.map(({ id }) => id).sort());
		// Each clip has its own speech.
		expect(bench.simulator.paidTasks()).toBe(2 * CLIPS);
	},
	2 * HALF_TIMEOUT_MS,
);
