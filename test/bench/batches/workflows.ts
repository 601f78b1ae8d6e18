import type { INode, INodeParameters } from 'n8n-workflow';

import { chainOf, klingNode, nodeOf, type WorkflowJson } from '../../harness';
import type { ServiceStart } from '../service/messages';

const ROUTE = '/kling/v1/videos/avatar/image2video';

/** This node, with one image and one voice by URL. */
export function klingWorkflow(service: ServiceStart, options: INodeParameters): WorkflowJson {
	return chainOf(
		klingNode({
			resource: 'avatar',
			operation: 'create',
			imageSource: 'url',
			imageUrl: `${service.mediaUrl}/face.png`,
			audioSource: 'url',
			audioUrl: `${service.mediaUrl}/voice.mp3`,
			options,
		}),
	);
}

/** A sequential node (see baselinePackage); a growth of 1 is a fixed interval. */
export function sequentialWorkflow(
	service: ServiceStart,
	clock: { firstSeconds: number; growth: number; maxSeconds: number },
): WorkflowJson {
	return chainOf(
		nodeOf(
			'Sequential Kling',
			'n8n-nodes-baseline.sequentialKling',
			{ ...clock, mediaUrl: service.mediaUrl },
			{ credentials: { cometApiKlingApi: { id: '1', name: 'CometAPI' } } },
		),
	);
}

/**
 * The workflow that people build from n8n's own nodes: create, wait, poll, and wait again unless
 * the task has finished.
 *
 * @param waitSeconds for the Wait node, whose timer runs in real time
 * @param way one item after the other with Loop Over Items, or all items at once
 */
export function httpWorkflow(
	service: ServiceStart,
	waitSeconds: number,
	way: 'item by item' | 'all at once',
): WorkflowJson {
	const nodes = [
		nodeOf('Start', 'n8n-nodes-base.noOp'),
		httpNode('Create', {
			method: 'POST',
			url: `${service.url}${ROUTE}`,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: JSON.stringify({
				image: `${service.mediaUrl}/face.png`,
				sound_file: `${service.mediaUrl}/voice.mp3`,
				prompt: 'The person speaks.',
				mode: 'std',
			}),
		}),
		nodeOf(
			'Wait',
			'n8n-nodes-base.wait',
			{ amount: waitSeconds, unit: 'seconds' },
			{ typeVersion: 1.1, webhookId: 'wait' },
		),
		httpNode('Query', { url: `=${service.url}${ROUTE}/{{ $json.data.task_id }}` }),
		doneNode(),
		nodeOf(
			'Download',
			'n8n-nodes-base.httpRequest',
			{
				url: '={{ $json.data.task_result.videos[0].url }}',
				options: { response: { response: { responseFormat: 'file' } } },
			},
			{ typeVersion: 4.2 },
		),
	];
	const to = (node: string): { node: string; type: 'main'; index: number } => ({
		node,
		type: 'main',
		index: 0,
	});
	const connections: WorkflowJson['connections'] = {
		Start: { main: [[to('Create')]] },
		Create: { main: [[to('Wait')]] },
		Wait: { main: [[to('Query')]] },
		Query: { main: [[to('Done?')]] },
		'Done?': { main: [[to('Download')], [to('Wait')]] },
	};
	if (way === 'all at once') return { nodes, connections };
	const loop = nodeOf(
		'Loop',
		'n8n-nodes-base.splitInBatches',
		{ batchSize: 1, options: {} },
		{ typeVersion: 3 },
	);
	return {
		nodes: [...nodes, loop],
		connections: {
			...connections,
			Start: { main: [[to('Loop')]] },
			Loop: { main: [[], [to('Create')]] },
			Download: { main: [[to('Loop')]] },
		},
	};
}

function httpNode(name: string, parameters: INode['parameters']): INode {
	return nodeOf(
		name,
		'n8n-nodes-base.httpRequest',
		{
			authentication: 'genericCredentialType',
			genericAuthType: 'httpHeaderAuth',
			options: {},
			...parameters,
		},
		{ typeVersion: 4.2, credentials: { httpHeaderAuth: { id: '1', name: 'Header' } } },
	);
}

function doneNode(): INode {
	const condition = {
		id: 'done',
		leftValue: '={{ $json.data.task_status }}',
		rightValue: 'succeed',
		operator: { type: 'string', operation: 'equals' },
	};
	return nodeOf(
		'Done?',
		'n8n-nodes-base.if',
		{
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
				conditions: [condition],
				combinator: 'and',
			},
			options: {},
		},
		{ typeVersion: 2.2 },
	);
}
