import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { PROJECT_FOLDER } from './project';
import type { WorkflowJson } from './types';

const EXAMPLES = path.join(PROJECT_FOLDER, 'examples');

/** The folder that the examples use: n8n's file folder in its Docker image. */
const DOCKER_FOLDER = '/home/node/.n8n-files';

/** File names of all examples, in order. */
export function exampleNames(): string[] {
	return readdirSync(EXAMPLES)
		.filter((name) => name.endsWith('.json'))
		.sort();
}

/**
 * An example from the folder, with the changes that this machine needs.
 *
 * @param folder replaces n8n's file folder
 * @param addresses public URLs, each with the local one that replaces it
 */
export function readExample(
	name: string,
	folder: string,
	addresses: Record<string, string> = {},
): WorkflowJson {
	const text = Object.entries({ [DOCKER_FOLDER]: folder, ...addresses }).reduce(
		(changed, [from, to]) => changed.replaceAll(from, to),
		readFileSync(path.join(EXAMPLES, name), 'utf8'),
	);
	const workflow: unknown = JSON.parse(text);
	if (!isWorkflow(workflow)) throw new Error(`${name} is not a workflow.`);
	return workflow;
}

function isWorkflow(value: unknown): value is WorkflowJson {
	return typeof value === 'object' && value !== null && 'nodes' in value && 'connections' in value;
}
