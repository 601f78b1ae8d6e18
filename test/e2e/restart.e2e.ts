import { startN8n, type N8nServer } from './n8n/server';
import { until } from './until';
import { avatarNode, manualWorkflow, NODE, workbenchOf, type Workbench } from './workbench';

let server: N8nServer;
let bench: Workbench;

beforeAll(async () => {
	server = await startN8n();
	bench = await workbenchOf(server.rest, server.userFolder, { taskSeconds: 600 });
});
beforeEach(() => bench.simulator.reset());
afterAll(async () => {
	await bench.simulator.stop();
	await server.stop();
});

async function run(options = {}): Promise<string> {
	const workflow = manualWorkflow(1, avatarNode(bench, options));
	return await bench.rest.run(await bench.rest.createWorkflow(workflow, 'Restart'), 'Start');
}

test('a callback wait survives a restart of the server', async () => {
	const { simulator, rest } = bench;
	const id = await run({ waitStrategy: 'callback' });
	await rest.until(id, ['waiting']);
	await server.restart();
	expect(await rest.status(id)).toBe('waiting');
	const [task] = simulator.tasks;
	await simulator.finish(task?.id ?? '');
	const execution = await rest.until(id);
	expect(execution.status).toBe('success');
	const [item] = execution.items(NODE);
	expect(item?.json).toMatchObject({ task_id: task?.id, task_status: 'succeed' });
	expect(item?.binary?.data?.mimeType).toBe('video/mp4');
	expect(simulator.paidTasks()).toBe(1);
});

test('if a server is killed while it polls, the log contains the task ID, and no task is created again', async () => {
	const { simulator, rest } = bench;
	const id = await run();
	await until(() => simulator.paidTasks() === 1);
	const [task] = simulator.tasks;
	await until(() => server.process.log.includes(task?.id ?? 'none'));
	await server.process.stop('SIGKILL');
	await server.restart();
	const lost = await rest.until(id);
	expect(lost.status).toBe('crashed');
	// n8n stores an execution when it ends, so it has nothing to resume this one from.
	await expect(rest.retry(lost.id)).rejects.toThrow('cannot be retried');
	expect(simulator.paidTasks()).toBe(1);
});
