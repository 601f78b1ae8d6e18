import {
	NodeConnectionTypes,
	type EngineRequest,
	type EngineResponse,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { isRecord } from '../../support/isRecord';

/**
 * Calls the connected tool in both ways that n8n's agents do: in a sub-node, or by a request to the
 * engine. Its output is what the model would read.
 */
export class StandInAgent implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Stand-In Agent',
		name: 'standInAgent',
		group: ['transform'],
		version: 1,
		description: 'Calls tools',
		defaults: { name: 'Stand-In Agent' },
		inputs: [NodeConnectionTypes.Main, { type: NodeConnectionTypes.AiTool, displayName: 'Tool' }],
		outputs: [NodeConnectionTypes.Main],
		properties: [
			{ displayName: 'Way', name: 'way', type: 'string', default: 'subNode' },
			{ displayName: 'Turns', name: 'turns', type: 'json', default: '[]' },
		],
	};

	async execute(
		this: IExecuteFunctions,
		response?: EngineResponse,
	): Promise<INodeExecutionData[][] | EngineRequest> {
		const turns = readTurns(this.getNodeParameter('turns', 0));
		if (this.getNodeParameter('way', 0) === 'subNode') return [await callInSubNode(this, turns)];
		const answered = response?.actionResponses.length ?? 0;
		const next = turns.flat().slice(answered);
		if (next.length === 0 || answered > 0) {
			return [(response?.actionResponses ?? []).map(({ data }) => ({ json: { ...data } }))];
		}
		return {
			actions: next.map((input, index) => ({
				actionType: 'ExecutionNodeAction' as const,
				nodeName: 'Tool',
				input,
				type: NodeConnectionTypes.AiTool,
				id: `call-${index}`,
				metadata: {},
			})),
			metadata: {},
		};
	}
}

/** The calls of a turn are made at the same time, as by a model that requests several. */
async function callInSubNode(
	context: IExecuteFunctions,
	turns: IDataObject[][],
): Promise<INodeExecutionData[]> {
	const connected: unknown = await context.getInputConnectionData(NodeConnectionTypes.AiTool, 0);
	const tool: unknown = Array.isArray(connected) ? connected[0] : connected;
	if (!isTool(tool)) throw new Error('No tool is connected.');
	const answers: INodeExecutionData[] = [];
	for (const calls of turns) {
		const texts = await Promise.all(
			calls.map(async (call) => await tool.invoke(call).catch((error: unknown) => String(error))),
		);
		answers.push(...texts.map((text) => ({ json: { text: String(text) } })));
	}
	return answers;
}

interface Tool {
	invoke(args: IDataObject): Promise<unknown>;
}

function isTool(value: unknown): value is Tool {
	return typeof value === 'object' && value !== null && 'invoke' in value;
}

function readTurns(value: unknown): IDataObject[][] {
	const turns: unknown = typeof value === 'string' ? JSON.parse(value) : value;
	if (!Array.isArray(turns)) return [];
	return turns.map((calls: unknown) =>
		Array.isArray(calls) ? calls.filter((call): call is IDataObject => isRecord(call)) : [],
	);
}
