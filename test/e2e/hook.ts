import axios from 'axios';
import type { INode } from 'n8n-workflow';

import { chainOf, nodeOf, type WorkflowJson } from '../harness';
import { until } from './until';
import type { Rest } from './n8n/rest';

/** If n8n does not respond at once, something is wrong. */
const START_TIMEOUT_MS = 60_000;

/** An active workflow that a webhook starts, which queue mode passes to a worker. */
export interface Hook {
	workflowId: string;
	/** Starts an execution; n8n responds before it runs. */
	call(): Promise<void>;
	/** The ID of the newest execution, as soon as one exists. */
	latest(): Promise<string>;
}

/** Creates and activates a workflow with a webhook and a node; resolves when it can be called. */
export async function hookFor(rest: Rest, node: INode): Promise<Hook> {
	const path = `start-${Math.random().toString(36).slice(2)}`;
	const hook = nodeOf(
		'Start',
		'n8n-nodes-base.webhook',
		{ httpMethod: 'POST', path },
		{ webhookId: path, typeVersion: 2 },
	);
	const workflow: WorkflowJson = {
		nodes: [hook, node],
		connections: chainOf(node).connections,
	};
	const workflowId = await rest.createWorkflow(workflow, `Hook of ${node.name}`);
	await rest.activate(workflowId);
	const url = `${rest.url}/webhook/${path}`;
	// n8n responds to the activation before it listens. A request with a wrong method checks this
	// without starting anything.
	await until(async () => {
		const { data } = await axios.get<unknown>(url, { validateStatus: () => true });
		return JSON.stringify(data).includes('not registered for GET');
	});
	return {
		workflowId,
		call: async () => void (await axios.post(url, {}, { timeout: START_TIMEOUT_MS })),
		latest: async () => {
			await until(async () => (await rest.executionIds(workflowId)).length > 0, START_TIMEOUT_MS);
			return (await rest.executionIds(workflowId))[0] ?? '';
		},
	};
}
