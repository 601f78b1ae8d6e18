import {
	Workflow,
	type INodeExecutionData,
	type INodeParameters,
	type NodeExecutionHint,
} from 'n8n-workflow';

import { CometApiKling } from '../../nodes/CometApiKling/CometApiKling.node';
import { chainOf, fileField, klingNode, runWorkflow, type RunResult } from '../harness';
import { avatarParameters, NODE, quickService } from '../paidOnce/setup';
import { wavOf } from '../media/handMade';
import { NODE_DESCRIPTION } from '../support/parameterIssues';

async function runWith(seconds: number[]): Promise<RunResult> {
	const { simulator, credentials } = await quickService();
	const input = seconds.map(
		(length): INodeExecutionData => ({
			json: {},
			binary: { voice: fileField(wavOf(length), 'voice.wav', 'audio/wav') },
		}),
	);
	const parameters = {
		...avatarParameters(simulator),
		audioSource: 'binary',
		audioBinaryPropertyName: 'voice',
	};
	try {
		return await runWorkflow({ workflow: chainOf(klingNode(parameters)), credentials, input });
	} finally {
		await simulator.stop();
	}
}

const hintsOf = (result: RunResult): NodeExecutionHint[] =>
	result.data.resultData.runData[NODE]?.[0]?.hints ?? [];

const UNITS = 'units. This is not the amount on your bill.';

const tooLong = (item: number, seconds: number): string =>
	`Item ${item}: The audio is ${seconds} seconds long. Tasks with more than 60 seconds of audio may fail.`;

test('audio of more than a minute is sent, with a hint', async () => {
	const result = await runWith([3, 62]);
	expect(result.status).toBe('success');
	expect(hintsOf(result)).toEqual([
		{ message: tooLong(1, 62), type: 'warning' },
		{
			message: `This execution created 2 videos with a total length of 8 seconds. Kling counted 5 ${UNITS}`,
		},
	]);
});

test('hints for several items form a group, and only the first five are listed', async () => {
	const result = await runWith([61, 62, 63, 64, 65, 66, 67]);
	const group = { key: 'items', summary: '7 items may cause problems' };
	const hints = hintsOf(result);
	expect(hints.slice(0, -1)).toEqual([
		...[61, 62, 63, 64, 65].map((seconds, item) => ({
			message: tooLong(item, seconds),
			type: 'warning',
			group,
		})),
		{ message: '2 more items may cause problems.', type: 'warning', group },
	]);
	expect(hints[hints.length - 1]?.message).toContain('This execution created 7 videos');
});

test('audio of a usual length causes no hint except the cost', async () => {
	expect(hintsOf(await runWith([3]))).toEqual([
		{
			message: `This execution created 1 video of 4 seconds. Kling counted 2.5 ${UNITS}`,
		},
	]);
});

describe('before the node runs', () => {
	/** Selects hints as the editor does: those whose condition is true. */
	function hintsFor(parameters: INodeParameters): string[] {
		const node = klingNode(parameters);
		const nodeType = new CometApiKling();
		const nodeTypes = {
			getByName: () => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		};
		const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
		return (NODE_DESCRIPTION.hints ?? []).flatMap(({ message, displayCondition = '' }) =>
			workflow.expression.getSimpleParameterValue(node, displayCondition, 'internal', {}) === true
				? message
				: [],
		);
	}

	test('a hint says what a video costs and how to avoid it', () => {
		const [hint = '', ...others] = hintsFor({ resource: 'avatar', operation: 'create' });
		expect(hint).toMatch(/creates a video, which is billed/);
		expect(hint).toMatch(/Dry Run/);
		expect(hint).toMatch(/stop the execution/);
		expect(others).toEqual([]);
		expect(NODE_DESCRIPTION.hints).toEqual([
			expect.objectContaining({ location: 'outputPane', whenToDisplay: 'beforeExecution' }),
		]);
	});

	test.each<[string, INodeParameters]>([
		['a dry run', { resource: 'avatar', operation: 'create', options: { dryRun: true } }],
		['Speech > Generate', { resource: 'speech', operation: 'generate' }],
		['Task > Get', { resource: 'task', operation: 'get' }],
		['Video > Join', { resource: 'video', operation: 'join' }],
	])('there is no cost hint for %s', (_name, parameters) => {
		expect(hintsFor(parameters)).toEqual([]);
	});

	test('the node says that its execution waits for a callback', () => {
		expect(NODE_DESCRIPTION.waitingNodeTooltip).toMatch(/resumes when CometAPI calls back/);
	});
});
