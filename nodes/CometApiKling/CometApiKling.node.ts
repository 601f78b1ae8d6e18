import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { executeItems } from './actions/executeItems';
import { properties } from './actions/properties';
import { searchVoices } from './actions/searchVoices';
import { answerCallback } from './run/resume';

/** Where CometAPI calls back while the execution waits; it exists only that long (SPEC 9). */
const resumeWebhook: IWebhookDescription = {
	name: 'default',
	httpMethod: 'POST',
	responseMode: 'onReceived',
	path: '',
	isFullPath: true,
	restartWebhook: true,
};
const webhooks = [resumeWebhook];

/** Makes talking-avatar videos with Kling through CometAPI. */
export class CometApiKling implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CometAPI Kling',
		name: 'cometApiKling',
		icon: { light: 'file:cometApiKling.svg', dark: 'file:cometApiKling.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Make talking-avatar videos from an image and a voice with Kling through CometAPI',
		defaults: { name: 'CometAPI Kling' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'cometApiKlingApi', required: true }],
		webhooks,
		properties,
	};

	methods = { listSearch: { searchVoices } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await executeItems(this)];
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await answerCallback(this);
	}
}
