/**
 * The simulator in a separate process, so that its memory and CPU time do not count as the node's;
 * its clock runs as fast as the engine's.
 */
import { letTimePassFaster } from '../../harness/fastTime';
import { startSimulator, type Simulator } from '../../simulator';
import { AVATAR_PATH } from '../../simulator/routes';
import { isRecord } from '../../support/isRecord';
import type { ServiceCounts, ServiceOptions, ServiceReply, ServiceRequest } from './messages';

let simulator: Simulator | undefined;

async function respond(request: ServiceRequest): Promise<ServiceReply> {
	switch (request.kind) {
		case 'start':
			simulator = await start(request.options);
			return {
				kind: 'start',
				start: { url: simulator.url, mediaUrl: simulator.mediaUrl, key: simulator.key },
			};
		case 'holdSlots':
			simulator?.holdSlots(request.count);
			return { kind: 'done' };
		case 'makeVideos':
			return { kind: 'videos', urls: await makeVideos(request.count) };
		case 'counts':
			return { kind: 'counts', counts: countsOf(simulator) };
	}
}

async function start({
	taskSeconds,
	speed,
	spokenSeconds,
	...options
}: ServiceOptions): Promise<Simulator> {
	if (speed !== 1) letTimePassFaster(speed);
	return await startSimulator({
		...options,
		...(spokenSeconds !== undefined && { speechSeconds: () => spokenSeconds }),
		media: 'tiny',
		recordBodies: 'summary',
		taskSeconds: (order) => (taskSeconds[order % taskSeconds.length] ?? 0) / speed,
	});
}

/** Videos that exist already, by their URLs. */
async function makeVideos(count: number): Promise<string[]> {
	if (!simulator) return [];
	for (let made = 0; made < count; made++) {
		await fetch(`${simulator.url}/kling/v1/${AVATAR_PATH}`, {
			method: 'POST',
			headers: { authorization: `Bearer ${simulator.key}` },
			body: JSON.stringify({
				image: `${simulator.mediaUrl}/face.png`,
				sound_file: `${simulator.mediaUrl}/voice.mp3`,
				prompt: 'The person speaks.',
			}),
		});
	}
	const tasks = simulator.tasks.slice(-count);
	for (const task of tasks) await simulator.finish(task.id);
	return tasks.flatMap(({ result }) => {
		const video: unknown = Array.isArray(result.videos) ? result.videos[0] : undefined;
		return isRecord(video) && typeof video.url === 'string' ? [video.url] : [];
	});
}

function countsOf(service: Simulator | undefined): ServiceCounts {
	const requests = service?.requests ?? [];
	const count = (route: string): number =>
		requests.filter((request) => request.route === route).length;
	return {
		creates: count('create'),
		refused: requests.filter(({ route, status }) => route === 'create' && status === 429).length,
		polls: count('poll'),
		downloads: count('download'),
		paid: service?.paidTasks() ?? 0,
	};
}

process.on('message', (request: ServiceRequest) => {
	respond(request).then(
		(reply) => process.send?.(reply),
		(error: unknown) => {
			process.stderr.write(`simulator: ${error instanceof Error ? error.message : 'error'}\n`);
			process.exit(1);
		},
	);
});

// The benchmark's process has ended, so this one can exit.
process.on('disconnect', () => process.exit());
