import { isRecord } from '../support/isRecord';
import type { WorkflowJson } from '../harness';
import { readDocument, type CodeBlock } from './markdown';

/** The JSON in a code block of a document. */
export function jsonOf(block: CodeBlock): unknown {
	return JSON.parse(block.text);
}

/** The workflows in a document, by name. */
export function workflowsIn(file: string): Map<string, WorkflowJson> {
	const found = readDocument(file)
		.blocks.filter(({ language }) => language === 'json')
		.map(jsonOf)
		.filter(isWorkflow);
	return new Map(found.map((workflow) => [workflow.name ?? '', workflow]));
}

/** Whether a block is a workflow and not an item. */
export function isWorkflow(value: unknown): value is WorkflowJson {
	return isRecord(value) && Array.isArray(value.nodes) && isRecord(value.connections);
}
