import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import type { WorkflowJson } from './types';

export const KLING_NODE = 'n8n-nodes-cometapi-kling.cometApiKling';

/** A node of any type; further settings (`retryOnFail`, `onError`, …) go last. */
export function nodeOf(
	name: string,
	type: string,
	parameters: INodeParameters = {},
	settings: Partial<INode> = {},
): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters, ...settings };
}

/** This package's node, with its credential. */
export function klingNode(parameters: INodeParameters, settings: Partial<INode> = {}): INode {
	return nodeOf(settings.name ?? 'CometAPI Kling', KLING_NODE, parameters, {
		credentials: { cometApiKlingApi: { id: '1', name: 'CometAPI' } },
		...settings,
	});
}

/** A workflow whose nodes follow each other, after a node that passes the input on. */
export function chainOf(...nodes: INode[]): WorkflowJson {
	const all = [nodeOf('Start', 'n8n-nodes-base.noOp'), ...nodes];
	const connections: WorkflowJson['connections'] = {};
	all.slice(1).forEach((node, index) => {
		const before = all[index];
		if (before)
			connections[before.name] = { main: [[{ node: node.name, type: 'main', index: 0 }]] };
	});
	return { nodes: all, connections };
}

/** Items with these fields. */
export function itemsOf(...jsons: IDataObject[]): Array<{ json: IDataObject }> {
	return jsons.map((json) => ({ json }));
}
