import { chainOf, itemsOf, klingNode, nodeOf, runWorkflow, type WorkflowJson } from '../harness';
import type { Simulator } from '../simulator';
import { avatarParameters, avatarWorkflow, countOf, NODE, quickService } from './setup';

let simulator: Simulator;
let credentials: Awaited<ReturnType<typeof quickService>>['credentials'];

beforeEach(async () => ({ simulator, credentials } = await quickService()));
afterEach(async () => await simulator.stop());

/** Loop Over Items with the node in the loop, one item per iteration. */
function loopWorkflow(): WorkflowJson {
	const loop = nodeOf(
		'Loop',
		'n8n-nodes-base.splitInBatches',
		{ batchSize: 1, options: {} },
		{ typeVersion: 3 },
	);
	const workflow = chainOf(
		loop,
		klingNode(avatarParameters(simulator), {
			retryOnFail: true,
			maxTries: 2,
			waitBetweenTries: 10,
		}),
	);
	workflow.connections.Loop = { main: [[], [{ node: NODE, type: 'main', index: 0 }]] };
	workflow.connections[NODE] = { main: [[{ node: 'Loop', type: 'main', index: 0 }]] };
	return workflow;
}

test('Loop Over Items creates a task per iteration, but not per attempt', async () => {
	simulator.inject({ on: 'poll', kind: { http: 403, code: 1103 }, after: 1 });
	const result = await runWorkflow({
		workflow: loopWorkflow(),
		credentials,
		input: itemsOf({}, {}, {}),
	});
	expect(result.status).toBe('success');
	expect(simulator.paidTasks()).toBe(3);
	const ids = [0, 1, 2].map((run) => result.items(NODE, 0, run)[0]?.json.task_id);
	expect(new Set(ids).size).toBe(3);
});

test('equal items of one execution get separate tasks', async () => {
	const result = await runWorkflow({
		workflow: avatarWorkflow(simulator),
		credentials,
		input: itemsOf({ same: 1 }, { same: 1 }),
	});
	expect(new Set(result.items(NODE).map((item) => item.json.task_id)).size).toBe(2);
	expect(simulator.paidTasks()).toBe(2);
});

test('two nodes of one workflow have separate ledgers', async () => {
	// The task is finished at the first poll, so the fault affects the second node.
	simulator.configure({ taskSeconds: 0.2 });
	const first = klingNode(avatarParameters(simulator), { name: 'First' });
	const second = klingNode(avatarParameters(simulator), {
		name: 'Second',
		retryOnFail: true,
		waitBetweenTries: 10,
	});
	simulator.inject({ on: 'poll', kind: { http: 403, code: 1103 }, after: 1 });
	const result = await runWorkflow({ workflow: chainOf(first, second), credentials });
	expect(result.items('First')[0]?.json.task_id).not.toBe(result.items('Second')[0]?.json.task_id);
	expect(simulator.paidTasks()).toBe(2);
});

test('a sub-workflow is a separate execution', async () => {
	const sub = chainOf(klingNode(avatarParameters(simulator)));
	const trigger = sub.nodes[0];
	if (trigger)
		Object.assign(trigger, { type: 'n8n-nodes-base.executeWorkflowTrigger', parameters: {} });
	const call = nodeOf('Call', 'n8n-nodes-base.executeWorkflow', {
		source: 'database',
		workflowId: 'sub',
	});
	const workflow = chainOf(klingNode(avatarParameters(simulator), { name: 'Main' }), call);
	const result = await runWorkflow({ workflow, credentials, subWorkflows: { sub } });
	expect(result.error?.message).toBeUndefined();
	expect(result.items('Call')[0]?.json.task_id).not.toBe(result.items('Main')[0]?.json.task_id);
	expect(simulator.paidTasks()).toBe(2);
});

test('pinned data is output without a purchase', async () => {
	const workflow = {
		...avatarWorkflow(simulator),
		pinData: { [NODE]: [{ json: { task_id: 'pinned' } }] },
	};
	const result = await runWorkflow({ workflow, credentials });
	expect(result.items(NODE)[0]?.json).toEqual({ task_id: 'pinned' });
	expect(countOf(simulator, 'create')).toBe(0);
});

test('a new execution creates a new task', async () => {
	const workflow = avatarWorkflow(simulator);
	await runWorkflow({ workflow, credentials });
	await runWorkflow({ workflow, credentials });
	expect(simulator.paidTasks()).toBe(2);
});
