import { chainOf, nodeOf, type WorkflowJson } from '../harness';
import { avatarNode, manualWorkflow, NODE, openWorkbench, type Workbench } from './workbench';

let bench: Workbench;

beforeAll(async () => (bench = await openWorkbench()));
beforeEach(() => {
	bench.simulator.reset();
	bench.simulator.configure({ taskSeconds: 2 });
});
afterAll(async () => await bench.simulator.stop());

const CALLBACK = { waitStrategy: 'callback' };

test('in Loop Over Items, each iteration waits for its own callback', async () => {
	const loop = nodeOf(
		'Loop',
		'n8n-nodes-base.splitInBatches',
		{ batchSize: 1, options: {} },
		{ typeVersion: 3 },
	);
	const workflow = manualWorkflow(3, loop, avatarNode(bench, CALLBACK));
	workflow.connections.Loop = { main: [[], [{ node: NODE, type: 'main', index: 0 }]] };
	workflow.connections[NODE] = { main: [[{ node: 'Loop', type: 'main', index: 0 }]] };
	const execution = await run(workflow);
	expect(execution.status).toBe('success');
	const taskIds = [0, 1, 2].map((turn) => execution.items(NODE, turn)[0]?.json.task_id);
	expect(taskIds).toEqual(bench.simulator.tasks.map((task) => task.id));
	expect(bench.simulator.paidTasks()).toBe(3);
});

test('two nodes in a row wait one after the other, each for its own task', async () => {
	const first = avatarNode(bench, CALLBACK, {}, { name: 'First' });
	const second = avatarNode(bench, CALLBACK, {}, { name: 'Second' });
	const execution = await run(manualWorkflow(1, first, second));
	expect(execution.status).toBe('success');
	const taskIds = ['First', 'Second'].map((name) => execution.items(name)[0]?.json.task_id);
	expect(taskIds).toEqual(bench.simulator.tasks.map((task) => task.id));
});

test('a sub-workflow waits, and so does its caller', async () => {
	const sub = chainOf(avatarNode(bench, CALLBACK));
	const trigger = nodeOf(
		'Start',
		'n8n-nodes-base.executeWorkflowTrigger',
		{ inputSource: 'passthrough' },
		{ typeVersion: 1.1 },
	);
	const nodes = sub.nodes.map((node) => (node.name === 'Start' ? trigger : node));
	const subId = await bench.rest.createWorkflow({ ...sub, nodes }, 'Sub');
	await bench.rest.activate(subId);
	const call = nodeOf(
		'Call',
		'n8n-nodes-base.executeWorkflow',
		{
			source: 'database',
			workflowId: { __rl: true, mode: 'id', value: subId },
			options: { waitForSubWorkflow: true },
		},
		{ typeVersion: 1.2 },
	);
	const execution = await run(manualWorkflow(1, call));
	expect(execution.status).toBe('success');
	expect(execution.items('Call')[0]?.json).toMatchObject({
		task_id: bench.simulator.tasks[0]?.id,
		task_status: 'succeed',
	});
});

/** The middle one of three items cannot be submitted. */
const BAD_MODE = { mode: '={{ $json.list === 1 ? "best" : "std" }}' };

test('an item that cannot be submitted goes to the error output', async () => {
	const node = avatarNode(bench, CALLBACK, BAD_MODE, { onError: 'continueErrorOutput' });
	const workflow = manualWorkflow(3, node);
	workflow.nodes.push(...['Good', 'Bad'].map((name) => nodeOf(name, 'n8n-nodes-base.noOp')));
	workflow.connections[NODE] = {
		main: ['Good', 'Bad'].map((name) => [{ node: name, type: 'main', index: 0 }]),
	};
	const execution = await run(workflow);
	expect(execution.items('Good').map((item) => item.json.task_status)).toEqual([
		'succeed',
		'succeed',
	]);
	expect(execution.items('Bad')).toHaveLength(1);
	expect(execution.items('Bad')[0]?.json.error).toMatch(/"Mode" must be one of/);
	expect(bench.simulator.paidTasks()).toBe(2);
});

test.each([
	['the callback', 1800, 'succeed'],
	['the end of the time', 3, 'submitted'],
])('with %s, it is returned in its place', async (_, maxWaitSeconds, status) => {
	bench.simulator.configure({ taskSeconds: maxWaitSeconds === 3 ? 600 : 2 });
	const node = avatarNode(bench, { ...CALLBACK, maxWaitSeconds }, BAD_MODE, {
		onError: 'continueRegularOutput',
	});
	const execution = await run(manualWorkflow(3, node));
	const [first, bad, last] = execution.items(NODE);
	expect([first?.json.task_status, last?.json.task_status]).toEqual([status, status]);
	expect(bad?.json.error).toMatch(/"Mode" must be one of/);
});

async function run(workflow: WorkflowJson): ReturnType<Workbench['rest']['until']> {
	const id = await bench.rest.createWorkflow(workflow, 'Callback places');
	return await bench.rest.until(await bench.rest.run(id, 'Start'), undefined, 90_000);
}
