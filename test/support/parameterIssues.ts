import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
	NodeHelpers,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { CometApiKling } from '../../nodes/CometApiKling/CometApiKling.node';
import { CometApiKlingTrigger } from '../../nodes/CometApiKling/CometApiKlingTrigger.node';
import type { WorkflowJson } from '../harness';
import { isRecord } from './isRecord';

const OWN_PACKAGE = 'n8n-nodes-cometapi-kling';
const BASE_PACKAGE = 'n8n-nodes-base';

/**
 * n8n's AI nodes, which this project does not install: only the e2e tests' server has them.
 */
const AI_PACKAGE = '@n8n/n8n-nodes-langchain';

/** The description of this package's node, and that of its trigger. */
export const NODE_DESCRIPTION = new CometApiKling().description;
export const TRIGGER_DESCRIPTION = new CometApiKlingTrigger().description;

/**
 * The mistakes in the parameters of a node in a workflow: parameters that its type does not have or
 * does not show, values that it does not offer, missing required ones. n8n itself ignores the first
 * kind silently, so no one would notice a mistake in an example.
 */
export function nodeIssues(node: INode, aiNodes: INodeTypeDescription[] = []): string[] {
	const description = descriptionOf(node, aiNodes);
	if (!description) return [`${node.name}: there is no node ${node.type} ${node.typeVersion}`];
	const shown = NodeHelpers.getNodeParameters(
		description.properties,
		node.parameters,
		true,
		false,
		node,
		description,
	);
	const full: INode = { ...node, parameters: { ...shown } };
	const issues = NodeHelpers.getNodeParametersIssues(description.properties, full, description);
	return [
		...unknownParameters(node.parameters, shown ?? {}).map((path) => `it has no parameter ${path}`),
		...valuesNotOffered(full, description),
		...Object.values(issues?.parameters ?? {}).flat(),
	].map((complaint) => `${node.name}: ${complaint}`);
}

/**
 * The mistakes in a workflow's parameters, and in the names that its connections use.
 *
 * @param aiNodes descriptions of n8n's AI nodes; if left out, these nodes are not checked
 */
export function workflowIssues(
	{ nodes, connections }: WorkflowJson,
	aiNodes?: INodeTypeDescription[],
): string[] {
	const names = nodes.map(({ name }) => name);
	const used = Object.entries(connections).flatMap(([from, byType]) => [
		from,
		...Object.values(byType).flatMap((outputs) =>
			outputs.flatMap((output) => (output ?? []).map(({ node }) => node)),
		),
	]);
	const checked = nodes.filter(({ type }) => aiNodes !== undefined || !type.startsWith(AI_PACKAGE));
	return [
		...checked.flatMap((node) => nodeIssues(node, aiNodes)),
		...used.filter((name) => !names.includes(name)).map((name) => `there is no node "${name}"`),
	];
}

/** Paths of parameters that n8n drops. */
function unknownParameters(given: INodeParameters, known: INodeParameters, path = ''): string[] {
	return Object.entries(given).flatMap(([name, value]) => {
		const here = `${path}${name}`;
		const counterpart = known[name];
		if (counterpart === undefined) return [here];
		return isParameters(value) && isParameters(counterpart)
			? unknownParameters(value, counterpart, `${here}.`)
			: [];
	});
}

/** n8n checks lists only when a workflow runs, and never checks those within *Options*. */
function valuesNotOffered(node: INode, description: INodeTypeDescription): string[] {
	const values = node.parameters;
	const isShown = (property: INodeProperties) =>
		NodeHelpers.displayParameter(values, property, node, description);
	return description.properties.filter(isShown).flatMap((property) => {
		const value: unknown = values[property.name];
		if (property.type !== 'collection' || !isParameters(value)) return notOffered(property, value);
		const inside = (property.options ?? []).filter((option) => 'type' in option);
		return inside.flatMap((option) => notOffered(option, value[option.name]));
	});
}

function notOffered(property: INodeProperties, value: unknown): string[] {
	if (!['options', 'multiOptions'].includes(property.type) || isExpression(value)) return [];
	const offered = (property.options ?? []).map((option) => ('value' in option ? option.value : ''));
	// The options of a list that the node fetches are not known here.
	if (offered.length === 0 || value === undefined) return [];
	return [value]
		.flat()
		.filter((chosen) => !offered.some((candidate) => candidate === chosen))
		.map((chosen) => `${property.displayName} does not offer ${JSON.stringify(chosen)}`);
}

function isExpression(value: unknown): boolean {
	return typeof value === 'string' && value.startsWith('=');
}

/** Resource locators contain n8n's own markers, which are not parameters. */
function isParameters(value: unknown): value is INodeParameters {
	return isRecord(value) && value.__rl === undefined;
}

function descriptionOf(
	{ type, typeVersion }: INode,
	aiNodes: INodeTypeDescription[],
): INodeTypeDescription | undefined {
	const [packageName, name] = type.split('.');
	const candidates: Record<string, () => INodeTypeDescription[]> = {
		[OWN_PACKAGE]: () => [NODE_DESCRIPTION, TRIGGER_DESCRIPTION],
		[BASE_PACKAGE]: baseDescriptions,
		[AI_PACKAGE]: () => aiNodes,
	};
	return candidates[packageName ?? '']?.().find(
		(candidate) => candidate.name === name && [candidate.version].flat().includes(typeVersion),
	);
}

let ofBase: INodeTypeDescription[] | undefined;

/** n8n's own nodes, as its editor receives them. */
function baseDescriptions(): INodeTypeDescription[] {
	ofBase ??= readDescriptions(path.dirname(require.resolve(`${BASE_PACKAGE}/package.json`)));
	return ofBase;
}

/** n8n's AI nodes, from the node_modules of an installed server. */
export function readAiNodes(modules: string): INodeTypeDescription[] {
	return readDescriptions(path.join(modules, AI_PACKAGE));
}

/** The descriptions of a package's nodes, as its build wrote them. */
function readDescriptions(packageFolder: string): INodeTypeDescription[] {
	const file = path.join(packageFolder, 'dist/types/nodes.json');
	const list: unknown = JSON.parse(readFileSync(file, 'utf8'));
	return Array.isArray(list) ? list.filter(isDescription) : [];
}

function isDescription(value: unknown): value is INodeTypeDescription {
	return isRecord(value) && typeof value.name === 'string' && Array.isArray(value.properties);
}
