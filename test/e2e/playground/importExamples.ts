import type { INode, INodeParameters } from 'n8n-workflow';

import { exampleNames, readExample, type WorkflowJson } from '../../harness';
import { isRecord } from '../../support/isRecord';
import type { Rest } from '../n8n/rest';

const TRIGGER_NODE = 'n8n-nodes-cometapi-kling.cometApiKlingTrigger';

/** Nodes that start a workflow when someone calls from outside, so that it has to be published. */
const CALLED_NODES = [TRIGGER_NODE, 'n8n-nodes-base.formTrigger'];

/** The last part of the trigger's URL; n8n adds the node's own ID before it. */
const TRIGGER_PATH = 'kling';

/** The trigger for the one-time setup of an example. */
const SET_UP_NODE = 'Set Up Once';

/** What the examples need to know about the server that they are imported into. */
export interface ExampleSurroundings {
	/** By credential type; nodes of other types get none. */
	credentialIds: Record<string, string>;
	/** Folder that n8n's file nodes may use. */
	fileFolder: string;
	/** Public URLs of the examples, each with the local one that replaces it. */
	addresses?: Record<string, string>;
}

/**
 * Imports examples into n8n, ready to run, and publishes those that are called from outside.
 *
 * @param names file names of the examples, in order; all of them if left out
 * @returns the workflows' IDs by the examples' file names
 */
export async function importExamples(
	rest: Rest,
	{ credentialIds, fileFolder, addresses }: ExampleSurroundings,
	names = exampleNames(),
): Promise<Map<string, string>> {
	const callbackUrl = callbackUrlOf(rest.url);
	const ids = new Map<string, string>();
	// n8n lists the newest workflow first.
	for (const name of [...names].reverse()) {
		const workflow = readExample(name, fileFolder, addresses);
		const nodes = workflow.nodes.map((node) => fitted(node, credentialIds, callbackUrl));
		const id = await rest.createWorkflow({ ...workflow, nodes }, titleOf(name, workflow));
		if (nodes.some((node) => CALLED_NODES.includes(node.type))) await rest.activate(id);
		ids.set(name, id);
	}
	return ids;
}

/** Runs the one-time setup of each example that has one, as its note tells the user to do. */
export async function setUpExamples(rest: Rest, ids: Map<string, string>): Promise<void> {
	for (const [name, id] of ids) {
		const { nodes } = readExample(name, '');
		if (!nodes.some((node) => node.name === SET_UP_NODE)) continue;
		const { status, error } = await rest.until(await rest.run(id, SET_UP_NODE));
		if (status !== 'success') throw new Error(`${name}: ${error?.message ?? status}`);
	}
}

/** The number comes first, so that n8n lists them in order. */
function titleOf(name: string, workflow: WorkflowJson): string {
	return `${name.slice(0, 2)} ${workflow.name ?? name}`;
}

/** The production URL of the example that starts when a video is finished. */
function callbackUrlOf(serverUrl: string): string {
	const nodes = exampleNames().flatMap((name) => readExample(name, '').nodes);
	const trigger = nodes.find((node) => node.type === TRIGGER_NODE);
	return `${serverUrl}/webhook/${trigger?.webhookId ?? ''}/${TRIGGER_PATH}`;
}

function fitted(node: INode, credentialIds: Record<string, string>, callbackUrl: string): INode {
	if (node.credentials === undefined) return node;
	const credentials = Object.entries(node.credentials).flatMap(([type, { name }]) => {
		const id = credentialIds[type];
		return id === undefined ? [] : [[type, { id, name }] as const];
	});
	const { options } = node.parameters;
	const parameters: INodeParameters =
		isRecord(options) && 'callbackUrl' in options
			? { ...node.parameters, options: { ...options, callbackUrl } }
			: node.parameters;
	return { ...node, parameters, credentials: Object.fromEntries(credentials) };
}
