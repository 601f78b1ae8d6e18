import { avatarWorkflow, NODE, quickService } from '../paidOnce/setup';
import { runWorkflow } from '.';

test('the built package runs, returns its log lines and does not touch static data', async () => {
	const { simulator, credentials } = await quickService();
	try {
		const workflow = avatarWorkflow(simulator);
		const result = await runWorkflow({ workflow, credentials });

		expect(result.error?.message).toBeUndefined();
		expect(result.items(NODE)[0]?.json.task_id).toBe(simulator.tasks[0]?.id);
		const line = result.logs.find(({ message }) => message.startsWith('Created the Kling task'));
		expect(line?.level).toBe('info');
		expect(line?.meta).toMatchObject({ task_id: simulator.tasks[0]?.id });
		// n8n writes changed static data back as a whole, which would overwrite what others stored
		// since then.
		expect(result.staticData).toEqual({});
		expect(result.stored).not.toContain(simulator.key);
	} finally {
		await simulator.stop();
	}
});
