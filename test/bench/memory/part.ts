import { itemsOf } from '../../harness';
import { klingWorkflow } from '../batches/workflows';
import { BenchEngine } from '../engine';
import { atMost, compare, type Figure, type PartResult } from '../figures';
import { Service } from '../service/service';
import { itemsWithMedia } from './media';
import { riseDuring } from './peak';
import { httpDownloadWorkflow, uploadWorkflow } from './workflows';

const MEGABYTE = 1_000_000;
const VIDEO_BYTES = 300 * MEGABYTE;
const WARM_UP_BYTES = 5 * MEGABYTE;

/** V8 decides when to collect garbage, so each figure is the worst of this many new processes. */
const ROUNDS = 2;

const MEDIA_ITEMS = 20;

/** Targets, in megabytes above the memory that the process used before. */
const ONE_VIDEO_MB = 48;
const FOUR_VIDEOS_MB = 96;
const MEDIA_MB = 120;

/** Measures how far the engine's memory rises while files pass through it. */
export async function benchMemory(): Promise<PartResult> {
	const figures: Figure[] = [];
	for (const [videos, limit] of [
		[1, ONE_VIDEO_MB],
		[4, FOUR_VIDEOS_MB],
	] as const) {
		const what = `Memory, ${videos === 1 ? 'a video of 300 MB' : `${videos} videos of 300 MB at once`}`;
		figures.push(
			atMost(what, await worst(async () => await riseByNode(videos)), limit, 'MB'),
			compare(
				`${what}, HTTP Request node`,
				await worst(async () => await riseByHttp(videos)),
				'MB',
			),
		);
	}
	const media = await worst(riseByMedia);
	figures.push(
		atMost(`Memory, ${MEDIA_ITEMS} items with 15 MB of media each`, media, MEDIA_MB, 'MB'),
	);
	return { title: 'Memory', figures };
}

async function worst(measure: () => Promise<number>): Promise<number> {
	let highest = -Infinity;
	for (let round = 0; round < ROUNDS; round++) highest = Math.max(highest, await measure());
	return highest;
}

async function riseByNode(videos: number): Promise<number> {
	return await withBoth(VIDEO_BYTES, async (engine, service, small) => {
		const run = async (at: Service): Promise<void> => {
			await engine.run({
				workflow: klingWorkflow(at.at, { pollIntervalSeconds: 1 }),
				credentials: at.credentials,
				input: emptyItems(videos),
				binaryMode: 'filesystem',
			});
		};
		await run(small);
		return await riseDuring(engine.pid, async () => await run(service));
	});
}

async function riseByHttp(videos: number): Promise<number> {
	return await withBoth(VIDEO_BYTES, async (engine, service, small) => {
		const run = async (at: Service): Promise<void> => {
			const made = await at.makeVideos(videos);
			await engine.run({
				workflow: httpDownloadWorkflow(),
				input: itemsOf(...made.map((url) => ({ url }))),
				binaryMode: 'filesystem',
			});
		};
		await run(small);
		return await riseDuring(engine.pid, async () => await run(service));
	});
}

async function riseByMedia(): Promise<number> {
	return await withBoth(WARM_UP_BYTES, async (engine, service, small) => {
		const run = async (at: Service, count: number): Promise<() => Promise<void>> => {
			const input = await itemsWithMedia(engine, count);
			return async () =>
				void (await engine.run({
					workflow: uploadWorkflow(),
					credentials: at.credentials,
					input,
					binaryMode: 'filesystem',
				}));
		};
		await (
			await run(small, 1)
		)();
		return await riseDuring(engine.pid, await run(service, MEDIA_ITEMS));
	});
}

function emptyItems(count: number): ReturnType<typeof itemsOf> {
	return itemsOf(...Array.from({ length: count }, () => ({})));
}

async function withBoth(
	resultBytes: number,
	measure: (engine: BenchEngine, service: Service, small: Service) => Promise<number>,
): Promise<number> {
	const engine = new BenchEngine();
	const options = { taskSeconds: [1], speed: 1, checkMedia: false };
	const service = await Service.start({ ...options, resultBytes });
	const small = await Service.start({ ...options, resultBytes: WARM_UP_BYTES });
	try {
		return await measure(engine, service, small);
	} finally {
		service.stop();
		small.stop();
		engine.stop();
	}
}
