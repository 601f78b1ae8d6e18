import type { INode, INodeParameters } from 'n8n-workflow';

import { chainOf, klingNode, type RunOptions, type RunResult, type WorkflowJson } from '../harness';
import { startSimulator, type Simulator, type SimulatorOptions } from '../simulator';
import { isRecord } from '../support/isRecord';

export const NODE = 'CometAPI Kling';

/** A simulator with quick tasks and small videos, and what the node needs to reach it. */
export async function quickService(
	options: SimulatorOptions = {},
): Promise<{ simulator: Simulator; credentials: RunOptions['credentials'] }> {
	const simulator = await startSimulator({ taskSeconds: 1, media: 'tiny', ...options });
	const credentials = { cometApiKlingApi: { apiKey: simulator.key, baseUrl: simulator.url } };
	return { simulator, credentials };
}

/** The parameters of an avatar by URL and text, with a short poll interval. */
export function avatarParameters(
	simulator: Simulator,
	options: INodeParameters = {},
): INodeParameters {
	return {
		resource: 'avatar',
		operation: 'create',
		imageSource: 'url',
		imageUrl: `${simulator.mediaUrl}/face.png`,
		audioSource: 'url',
		audioUrl: `${simulator.mediaUrl}/voice.mp3`,
		options: { pollIntervalSeconds: 1, ...options },
	};
}

/** A workflow of a trigger and the node. */
export function avatarWorkflow(
	simulator: Simulator,
	options: INodeParameters = {},
	settings: Partial<INode> = {},
): WorkflowJson {
	return chainOf(klingNode(avatarParameters(simulator, options), settings));
}

/** How many requests of this route the simulator received. */
export function countOf(simulator: Simulator, route: string): number {
	return simulator.requests.filter((request) => request.route === route).length;
}

/** The external IDs of the create requests, in the order in which they were sent. */
export function idsSent(simulator: Simulator): string[] {
	const creates = simulator.requests.filter(({ route }) => route === 'create');
	return creates.map(({ body }) => (isRecord(body) ? String(body.external_task_id) : ''));
}

/** The message and the description of the error that a run ended with. */
export function said({ error }: RunResult): string {
	return `${error?.message ?? ''} | ${error?.description ?? ''}`;
}
