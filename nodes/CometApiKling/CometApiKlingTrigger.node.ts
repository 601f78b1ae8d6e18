import type {
	INodeType,
	INodeTypeDescription,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { MAIN_CONNECTION } from './connection';
import { receiveCallback } from './trigger/receiveCallback';
import { triggerProperties } from './trigger/properties';

/** Goes into *Callback URL*; there is nobody at CometAPI to register it with. */
const callbackWebhook: IWebhookDescription = {
	name: 'default',
	httpMethod: 'POST',
	responseMode: 'onReceived',
	path: 'kling',
};
const webhooks = [callbackWebhook];

/** Starts a workflow when a Kling task has ended. */
export class CometApiKlingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CometAPI Kling Trigger',
		name: 'cometApiKlingTrigger',
		icon: { light: 'file:cometApiKling.svg', dark: 'file:cometApiKling.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["taskType"] }}',
		// n8n's node panel lists node and trigger as one, under this description.
		description:
			'Starts the workflow when a talking-avatar video or another Kling task on CometAPI finishes',
		defaults: { name: 'CometAPI Kling Trigger' },
		inputs: [],
		outputs: [MAIN_CONNECTION],
		credentials: [{ name: 'cometApiKlingApi', required: true }],
		webhooks,
		properties: triggerProperties,
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveCallback(this);
	}
}
