import { chainOf, klingNode, runWorkflow } from '../harness';
import { avatarParameters, NODE, quickService } from '../paidOnce/setup';

test.each(['url', 'text'])(
	"tasks are recognized by their external IDs if queries return Kling's IDs (audio source: %s)",
	async (audioSource) => {
		const { simulator, credentials } = await quickService({
			queryIds: 'kling',
			ttsMode: 'taskId',
			taskSeconds: 1.5,
		});
		const parameters = {
			...avatarParameters(simulator, { pollIntervalSeconds: 1, maxWaitSeconds: 20 }),
			audioSource,
			text: 'Good morning, and welcome to our show.',
		};
		const result = await runWorkflow({ workflow: chainOf(klingNode(parameters)), credentials });
		await simulator.stop();
		expect(result.error?.message).toBeUndefined();
		const [item] = result.items(NODE);
		expect(item?.json.task_status).toBe('succeed');
		expect(item?.binary?.data?.mimeType).toBe('video/mp4');
	},
);
