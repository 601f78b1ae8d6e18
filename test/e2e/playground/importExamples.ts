import type { INode, INodeParameters } from 'n8n-workflow';

import { exampleNames, readExample, type WorkflowJson } from '../../harness';
import { isRecord } from '../../support/isRecord';
import { withCredential, type Rest } from '../n8n/rest';

const TRIGGER_NODE = 'n8n-nodes-cometapi-kling.cometApiKlingTrigger';

/** The last part of the trigger's address; n8n puts the node's own id before it. */
const TRIGGER_PATH = 'kling';

/** What the examples must know of the server that they are put into. */
export interface ExampleSurroundings {
	/** Of the credential for the simulator. */
	credentialId: string;
	/** Folder that n8n's file nodes may use. */
	fileFolder: string;
}

/**
 * Puts all examples into n8n, ready to run, and switches on those that wait for a callback.
 *
 * @returns the workflows' ids by the examples' file names
 */
export async function importExamples(
	rest: Rest,
	{ credentialId, fileFolder }: ExampleSurroundings,
): Promise<Map<string, string>> {
	const examples = exampleNames().map((name) => ({
		name,
		workflow: readExample(name, fileFolder),
	}));
	const callbackUrl = callbackUrlOf(
		rest.url,
		examples.flatMap(({ workflow }) => workflow.nodes),
	);
	const ids = new Map<string, string>();
	// n8n's list begins with the newest.
	for (const { name, workflow } of examples.reverse()) {
		const nodes = workflow.nodes.map((node) => fitted(node, credentialId, callbackUrl));
		const id = await rest.createWorkflow({ ...workflow, nodes }, titleOf(name, workflow));
		if (nodes.some((node) => node.type === TRIGGER_NODE)) await rest.activate(id);
		ids.set(name, id);
	}
	return ids;
}

/** The number goes first, so that n8n's list has them in order. */
function titleOf(name: string, workflow: WorkflowJson): string {
	return `${name.slice(0, 2)} ${workflow.name ?? name}`;
}

function callbackUrlOf(serverUrl: string, nodes: INode[]): string {
	const trigger = nodes.find((node) => node.type === TRIGGER_NODE);
	return `${serverUrl}/webhook/${trigger?.webhookId ?? ''}/${TRIGGER_PATH}`;
}

function fitted(node: INode, credentialId: string, callbackUrl: string): INode {
	if (node.credentials?.cometApiKlingApi === undefined) return node;
	const { options } = node.parameters;
	const parameters: INodeParameters =
		isRecord(options) && 'callbackUrl' in options
			? { ...node.parameters, options: { ...options, callbackUrl } }
			: node.parameters;
	return withCredential({ ...node, parameters }, credentialId);
}
