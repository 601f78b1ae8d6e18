import type { INodeExecutionData } from 'n8n-workflow';

import { chainOf, fileField, klingNode, runWorkflow, type RunResult } from '../harness';
import { avatarParameters, NODE, quickService } from '../paidOnce/setup';
import { wavOf } from '../media/handMade';

async function runWith(seconds: number[]): Promise<RunResult> {
	const { simulator, credentials } = await quickService();
	const input = seconds.map(
		(length): INodeExecutionData => ({
			json: {},
			binary: { voice: fileField(wavOf(length), 'voice.wav', 'audio/wav') },
		}),
	);
	const form = {
		...avatarParameters(simulator),
		audioSource: 'binary',
		audioBinaryPropertyName: 'voice',
	};
	try {
		return await runWorkflow({ workflow: chainOf(klingNode(form)), credentials, input });
	} finally {
		await simulator.stop();
	}
}

test('audio of more than a minute is sent, with one hint for all items', async () => {
	const result = await runWith([3, 62, 75]);
	expect(result.status).toBe('success');
	expect(result.data.resultData.runData[NODE]?.[0]?.hints).toEqual([
		{
			message:
				'Item 1: The audio is 62 seconds long. Tasks with more than 60 seconds of audio may fail. So it is with 1 more of the items.',
			type: 'warning',
		},
	]);
});

test('audio of a usual length needs no hint', async () => {
	const result = await runWith([3]);
	expect(result.data.resultData.runData[NODE]?.[0]?.hints ?? []).toEqual([]);
});
