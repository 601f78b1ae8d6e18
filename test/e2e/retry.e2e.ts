import { avatarNode, manualWorkflow, NODE, openWorkbench, type Workbench } from './workbench';

let bench: Workbench;

beforeAll(async () => (bench = await openWorkbench()));
beforeEach(() => bench.simulator.reset());
afterAll(async () => await bench.simulator.stop());

test.each([
	['with the original workflow', false],
	['with the currently saved workflow', true],
])('Retry execution resumes the task after a timeout: %s', async (_way, loadWorkflow) => {
	const { simulator, rest } = bench;
	simulator.configure({ taskSeconds: 60 });
	const workflow = manualWorkflow(1, avatarNode(bench, { maxWaitSeconds: 2 }));
	const id = await rest.createWorkflow(workflow, 'Retry');
	const failed = await rest.until(await rest.run(id, 'Start'));
	const [task] = simulator.tasks;
	expect(failed.status).toBe('error');
	expect(failed.error?.message).toContain(`Task ${task?.id} did not finish within 2 seconds`);

	const tooEarly = await rest.until(await rest.retry(failed.id, loadWorkflow));
	expect(tooEarly.error?.message).toContain(`Task ${task?.id} did not finish within 2 seconds`);

	await simulator.finish(task?.id ?? '');
	const retried = await rest.until(await rest.retry(tooEarly.id, loadWorkflow));
	expect(retried.status).toBe('success');
	expect(retried.items(NODE)[0]?.json.task_id).toBe(task?.id);
	expect(simulator.requests.filter((request) => request.method === 'POST')).toHaveLength(1);
});

test('stopping the execution in the editor ends the wait, and the task can be fetched later', async () => {
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
