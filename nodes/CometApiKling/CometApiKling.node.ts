import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { executeNode } from './execution/executeNode';
import { properties } from './actions/properties';
import { searchVoices } from './actions/searchVoices';
import { answerCallback } from './callback/resume';
import {
	costHints,
	MAIN_CONNECTION,
	PRODUCT_DESCRIPTION,
	WAITING_TOOLTIP,
} from './nodeDescription';

/** CometAPI calls this webhook while the execution waits; it exists only during that time. */
const resumeWebhook: IWebhookDescription = {
	name: 'default',
	httpMethod: 'POST',
	responseMode: 'onReceived',
	path: '',
	isFullPath: true,
	restartWebhook: true,
};
const webhooks = [resumeWebhook];

/** Creates talking-avatar videos with Kling via CometAPI. */
export class CometApiKling implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CometAPI Kling',
		name: 'cometApiKling',
		icon: { light: 'file:cometApiKling.svg', dark: 'file:cometApiKling.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: PRODUCT_DESCRIPTION,
		defaults: { name: 'CometAPI Kling' },
		usableAsTool: true,
		inputs: [MAIN_CONNECTION],
		outputs: [MAIN_CONNECTION],
		credentials: [
			{
				name: 'cometApiKlingApi',
				required: true,
				// Joining videos sends no requests.
				displayOptions: { hide: { resource: ['video'] } },
			},
		],
		webhooks,
		hints: costHints,
		waitingNodeTooltip: WAITING_TOOLTIP,
		properties,
	};

	methods = { listSearch: { searchVoices } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await executeNode(this)];
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await answerCallback(this);
	}
}
