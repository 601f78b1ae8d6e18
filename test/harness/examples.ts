import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { PROJECT_FOLDER } from './project';
import type { WorkflowJson } from './types';

const EXAMPLES = path.join(PROJECT_FOLDER, 'examples');

/** Where the examples read and write: n8n's file folder in its Docker image. */
const DOCKER_FOLDER = '/home/node/.n8n-files';

/** File names of all examples, in order. */
export function exampleNames(): string[] {
	return readdirSync(EXAMPLES)
		.filter((name) => name.endsWith('.json'))
		.sort();
}

/**
 * An example as it is in the folder, but for what must differ on this machine.
 *
 * @param folder stands for n8n's file folder
 * @param addresses public addresses, each with the local one in its place
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
	if (!isWorkflow(workflow)) throw new Error(`${name} is no workflow.`);
	return workflow;
}

function isWorkflow(value: unknown): value is WorkflowJson {
	return typeof value === 'object' && value !== null && 'nodes' in value && 'connections' in value;
}
