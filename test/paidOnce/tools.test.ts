import path from 'node:path';
import { NodeConnectionTypes, type IDataObject, type INode } from 'n8n-workflow';

import { chainOf, nodeOf, runWorkflow, type RunResult, type WorkflowJson } from '../harness';
import { engineIsBefore } from '../harness/engineProcess';
import { NODES_VARIABLE } from '../harness/nodeTypes';
import type { Simulator } from '../simulator';
import { avatarParameters, countOf, quickService } from './setup';

const AGENT = 'Agent';
const TOOL = 'Tool';

let simulator: Simulator;
let credentials: Awaited<ReturnType<typeof quickService>>['credentials'];

beforeAll(() => (process.env[NODES_VARIABLE] = path.join(__dirname, 'agentPackage')));
beforeEach(async () => ({ simulator, credentials } = await quickService()));
afterEach(async () => await simulator.stop());

const GREETING = { prompt: 'She waves.' };
const FAREWELL = { prompt: 'She bows.' };

/** An agent whose only tool is the node; each turn is a list of calls. */
function agentWorkflow(
	way: 'subNode' | 'engine',
	turns: IDataObject[][],
	settings: Partial<INode> = {},
	prompt = "={{ $fromAI('prompt', 'What the face does', 'string') }}",
): WorkflowJson {
	const agent = nodeOf(AGENT, 'n8n-nodes-stand-in-agent.standInAgent', {
		way,
		turns: JSON.stringify(turns),
	});
	const tool = nodeOf(
		TOOL,
		'n8n-nodes-cometapi-kling.cometApiKlingTool',
		{
			...avatarParameters(simulator),
			descriptionType: 'manual',
			toolDescription: 'Makes a video',
			prompt,
		},
		{ credentials: { cometApiKlingApi: { id: '1', name: 'CometAPI' } }, ...settings },
	);
	const workflow = chainOf(agent);
	workflow.nodes.push(tool);
	workflow.connections[TOOL] = {
		ai_tool: [[{ node: AGENT, type: NodeConnectionTypes.AiTool, index: 0 }]],
	};
	return workflow;
}

/** The task IDs in what the model would read, in order. */
function tasksRead(result: RunResult): string[] {
	return result
		.items(AGENT)
		.map(({ json }) => /task_id\D+(\d+)/.exec(JSON.stringify(json))?.[1] ?? '');
}

/** In n8n 1.99, the oldest tested version, the engine neither calls tools nor retries them. */
const IS_OLD = engineIsBefore(1, 122);
const WAYS = IS_OLD ? (['subNode'] as const) : (['subNode', 'engine'] as const);

describe.each(WAYS)('a tool called by %s', (way) => {
	test('creates one task for equal requests, and another for a different request', async () => {
		const turns = [[GREETING], [GREETING], [FAREWELL]];
		const result = await runWorkflow({ workflow: agentWorkflow(way, turns), credentials });
		expect(result.error?.message).toBeUndefined();
		expect(simulator.paidTasks()).toBe(2);
		const [first, again, other] = tasksRead(result);
		expect(first).toMatch(/^\d+$/);
		expect(again).toBe(first);
		expect(other).not.toBe(first);
	});

	test('resumes its task in the attempts of Retry On Fail, or in the next call', async () => {
		simulator.inject({ on: 'poll', kind: { http: 403, code: 1103 } });
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };
		const turns = IS_OLD ? [[GREETING], [GREETING]] : [[GREETING]];
		const result = await runWorkflow({
			workflow: agentWorkflow(way, turns, settings),
			credentials,
		});
		expect(tasksRead(result).slice(-1)).toEqual(simulator.tasks.map(({ id }) => id));
		expect(simulator.paidTasks()).toBe(1);
	});

	test('creates one task although an expression has a new value in each call', async () => {
		const prompt = "={{ $fromAI('prompt', 'What the face does', 'string') + Math.random() }}";
		const workflow = agentWorkflow(way, [[GREETING], [GREETING], [FAREWELL]], {}, prompt);
		const result = await runWorkflow({ workflow, credentials });
		const [first, again, other] = tasksRead(result);
		expect(again).toBe(first);
		expect(other).not.toBe(first);
		expect(simulator.paidTasks()).toBe(2);
	});
});

test('simultaneous equal calls create one task', async () => {
	const workflow = agentWorkflow('subNode', [[GREETING, GREETING, FAREWELL]]);
	const result = await runWorkflow({ workflow, credentials });
	expect(countOf(simulator, 'create')).toBe(2);
	const [first, again, other] = tasksRead(result);
	expect(again).toBe(first);
	expect(other).not.toBe(first);
});

test('simultaneous equal calls reuse one task of an earlier test', async () => {
	const workflow = { ...agentWorkflow('subNode', [[GREETING]]), id: 'tested' };
	await runWorkflow({ workflow, credentials });
	const two = { ...agentWorkflow('subNode', [[GREETING, GREETING]]), id: 'tested' };
	const result = await runWorkflow({ workflow: two, credentials });
	const [first, again] = tasksRead(result);
	expect(first).toBe(simulator.tasks[0]?.id);
	expect(again).toBe(first);
	expect(simulator.paidTasks()).toBe(1);
});

test('a new execution creates a new task', async () => {
	for (let execution = 0; execution < 2; execution++)
		await runWorkflow({ workflow: agentWorkflow('subNode', [[GREETING]]), credentials });
	expect(simulator.paidTasks()).toBe(2);
});
