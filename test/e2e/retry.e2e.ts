import { avatarNode, manualWorkflow, NODE, openWorkbench, type Workbench } from './workbench';

let bench: Workbench;

beforeAll(async () => (bench = await openWorkbench()));
beforeEach(() => bench.simulator.reset());
afterAll(async () => await bench.simulator.stop());

test('Retry execution goes on with the paid task after a time-out', async () => {
	bench.simulator.configure({ taskSeconds: 6 });
	const workflow = manualWorkflow(1, avatarNode(bench, { maxWaitSeconds: 2 }));
	const id = await bench.rest.createWorkflow(workflow, 'Retry');
	const failed = await bench.rest.until(await bench.rest.run(id, 'Start'));
	const [task] = bench.simulator.tasks;
	expect(failed.status).toBe('error');
	expect(failed.error?.message).toContain(`Task ${task?.id} did not finish within 2 seconds`);

	await bench.simulator.finish(task?.id ?? '');
	const retried = await bench.rest.until(await bench.rest.retry(failed.id));
	expect(retried.status).toBe('success');
	expect(retried.items(NODE)[0]?.json.task_id).toBe(task?.id);
	expect(bench.simulator.paidTasks()).toBe(1);
});

test('stopping the execution in the editor ends the wait, and the task can be had later', async () => {
	bench.simulator.configure({ taskSeconds: 60 });
	const id = await bench.rest.createWorkflow(manualWorkflow(1, avatarNode(bench)), 'Stop');
	const executionId = await bench.rest.run(id, 'Start');
	while (bench.simulator.paidTasks() === 0) {
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	await bench.rest.stop(executionId);
	const stopped = await bench.rest.until(executionId);
	expect(stopped.status).toBe('canceled');
	const { length } = bench.simulator.requests;
	await new Promise((resolve) => setTimeout(resolve, 3000));
	expect(bench.simulator.requests).toHaveLength(length);
});

test('the credential test tells a good key from a bad one', async () => {
	const { simulator, rest, credentialId } = bench;
	const test = async (apiKey: string): Promise<unknown> =>
		await rest.testCredential(credentialId, 'cometApiKlingApi', {
			apiKey,
			baseUrl: `${simulator.url}/v1/`,
		});
	expect(await test(simulator.key)).toMatchObject({ status: 'OK' });
	expect(await test('sk-wrong')).toMatchObject({
		status: 'Error',
		message: expect.stringContaining('did not accept this API key') as unknown,
	});
	expect(simulator.paidTasks()).toBe(0);
});
