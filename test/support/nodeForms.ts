import { readFileSync } from 'node:fs';
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

/** The description of this package's node, and that of its trigger. */
export const NODE_DESCRIPTION = new CometApiKling().description;
export const TRIGGER_DESCRIPTION = new CometApiKlingTrigger().description;

/**
 * What is wrong with the form of a node as a workflow holds it: parameters that its type does not
 * have or does not show, values that it does not offer, required ones that are missing. n8n itself
 * ignores the former without a word, so nobody notices a slip in an example.
 */
export function complaintsAboutForm(node: INode): string[] {
	const description = descriptionOf(node);
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
		...strangers(node.parameters, shown ?? {}).map((path) => `it has no parameter ${path}`),
		...valuesNotOffered(full, description),
		...Object.values(issues?.parameters ?? {}).flat(),
	].map((complaint) => `${node.name}: ${complaint}`);
}

/** What is wrong with a workflow's forms, and with the names that its connections go by. */
export function complaintsAboutWorkflow({ nodes, connections }: WorkflowJson): string[] {
	const names = nodes.map(({ name }) => name);
	const used = Object.entries(connections).flatMap(([from, { main = [] }]) => [
		from,
		...main.flatMap((output) => (output ?? []).map(({ node }) => node)),
	]);
	return [
		...nodes.flatMap(complaintsAboutForm),
		...used.filter((name) => !names.includes(name)).map((name) => `there is no node "${name}"`),
	];
}

/** Paths of what a form holds and n8n drops. */
function strangers(given: INodeParameters, known: INodeParameters, path = ''): string[] {
	return Object.entries(given).flatMap(([name, value]) => {
		const here = `${path}${name}`;
		const counterpart = known[name];
		if (counterpart === undefined) return [here];
		return isForm(value) && isForm(counterpart) ? strangers(value, counterpart, `${here}.`) : [];
	});
}

/** n8n looks at lists only when a workflow runs, and at those within *Options* never. */
function valuesNotOffered(node: INode, description: INodeTypeDescription): string[] {
	const values = node.parameters;
	const isShown = (property: INodeProperties) =>
		NodeHelpers.displayParameter(values, property, node, description);
	return description.properties.filter(isShown).flatMap((property) => {
		const value: unknown = values[property.name];
		if (property.type !== 'collection' || !isForm(value)) return notOffered(property, value);
		const inside = (property.options ?? []).filter((option) => 'type' in option);
		return inside.flatMap((option) => notOffered(option, value[option.name]));
	});
}

function notOffered(property: INodeProperties, value: unknown): string[] {
	if (!['options', 'multiOptions'].includes(property.type) || isExpression(value)) return [];
	const offered = (property.options ?? []).map((option) => ('value' in option ? option.value : ''));
	// A list that the node fetches is not known here.
	if (offered.length === 0 || value === undefined) return [];
	return [value]
		.flat()
		.filter((chosen) => !offered.some((candidate) => candidate === chosen))
		.map((chosen) => `${property.displayName} does not offer ${JSON.stringify(chosen)}`);
}

function isExpression(value: unknown): boolean {
	return typeof value === 'string' && value.startsWith('=');
}

/** Resource locators carry marks of n8n's own, which are no parameters. */
function isForm(value: unknown): value is INodeParameters {
	return isRecord(value) && value.__rl === undefined;
}

function descriptionOf({ type, typeVersion }: INode): INodeTypeDescription | undefined {
	const own = [NODE_DESCRIPTION, TRIGGER_DESCRIPTION];
	const [packageName, name] = type.split('.');
	const candidates = packageName === OWN_PACKAGE ? own : baseDescriptions(packageName);
	return candidates.find(
		(candidate) => candidate.name === name && [candidate.version].flat().includes(typeVersion),
	);
}

let ofBase: INodeTypeDescription[] | undefined;

/** n8n's own nodes, as its editor gets them. */
function baseDescriptions(packageName: string | undefined): INodeTypeDescription[] {
	if (packageName !== BASE_PACKAGE) return [];
	if (!ofBase) {
		const list: unknown = JSON.parse(
			readFileSync(require.resolve(`${BASE_PACKAGE}/dist/types/nodes.json`), 'utf8'),
		);
		ofBase = Array.isArray(list) ? list.filter(isDescription) : [];
	}
	return ofBase;
}

function isDescription(value: unknown): value is INodeTypeDescription {
	return isRecord(value) && typeof value.name === 'string' && Array.isArray(value.properties);
}
