import type { INode, INodeParameters } from 'n8n-workflow';

import { chainOf, klingNode, nodeOf, type WorkflowJson } from '../harness';
import { avatarParameters, NODE } from '../paidOnce/setup';
import { startSimulator, type Simulator, type SimulatorOptions } from '../simulator';
import { Rest } from './n8n/rest';
import { SHARED_FOLDER, SHARED_URL } from './setup/shared';

/** A server, a simulator, and the credential with which one accesses the other. */
export interface Workbench {
	rest: Rest;
	simulator: Simulator;
	credentialId: string;
	/** The shared server's data. */
	userFolder: string;
}

/** The shared server with a separate simulator. */
export async function openWorkbench(options: SimulatorOptions = {}): Promise<Workbench> {
	const rest = new Rest(process.env[SHARED_URL] ?? '');
	await rest.signIn();
	return await workbenchOf(rest, process.env[SHARED_FOLDER] ?? '', options);
}

/** Any server with a separate simulator. */
export async function workbenchOf(
	rest: Rest,
	userFolder: string,
	options: SimulatorOptions = {},
): Promise<Workbench> {
	const simulator = await startSimulator({ taskSeconds: 2, media: 'tiny', ...options });
	const credentialId = await rest.createCredential('cometApiKlingApi', 'CometAPI', {
		apiKey: simulator.key,
		baseUrl: simulator.url,
	});
	return { rest, simulator, credentialId, userFolder };
}

/** The avatar node with the workbench's credential; its parameters use URLs and a quick task. */
export function avatarNode(
	{ simulator, credentialId }: Workbench,
	options: INodeParameters = {},
	parameters: INodeParameters = {},
	settings: Partial<INode> = {},
): INode {
	return klingNode(
		{ ...avatarParameters(simulator, options), ...parameters },
		{
			credentials: { cometApiKlingApi: { id: credentialId, name: 'CometAPI' } },
			...settings,
		},
	);
}

/** A manual trigger with this many items, followed by the nodes. */
export function manualWorkflow(items: number, ...nodes: INode[]): WorkflowJson {
	const trigger = nodeOf('Manual', 'n8n-nodes-base.manualTrigger');
	const batch = nodeOf(
		'Items',
		'n8n-nodes-base.set',
		{
			mode: 'raw',
			jsonOutput: `={{ { list: [...Array(${items}).keys()] } }}`,
		},
		{ typeVersion: 3.4 },
	);
	const split = nodeOf('Split', 'n8n-nodes-base.splitOut', { fieldToSplitOut: 'list' });
	const chain = chainOf(batch, split, ...nodes);
	const start = chain.nodes.findIndex((node) => node.name === 'Start');
	const all = [...chain.nodes];
	all[start] = { ...trigger, name: 'Start' };
	return { ...chain, nodes: all };
}

export { NODE };
