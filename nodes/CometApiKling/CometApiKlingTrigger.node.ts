import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { MAIN_CONNECTION, PRODUCT_DESCRIPTION } from './nodeDescription';
import { receiveCallback } from './trigger/receiveCallback';
import { checkTriggerParameters } from './trigger/triggerParameters';
import { triggerProperties } from './trigger/properties';

/** The URL to use as 'Callback URL'. CometAPI has no API to register it. */
const callbackWebhook: IWebhookDescription = {
	name: 'default',
	httpMethod: 'POST',
	responseMode: 'onReceived',
	path: 'kling',
};
const webhooks = [callbackWebhook];

/** Starts a workflow when a Kling task has finished. */
export class CometApiKlingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CometAPI Kling Trigger',
		name: 'cometApiKlingTrigger',
		icon: { light: 'file:cometApiKling.svg', dark: 'file:cometApiKling.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["taskType"] }}',
		description: PRODUCT_DESCRIPTION,
		defaults: { name: 'CometAPI Kling Trigger' },
		inputs: [],
		outputs: [MAIN_CONNECTION],
		credentials: [{ name: 'cometApiKlingApi', required: true }],
		webhooks,
		properties: triggerProperties,
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				checkTriggerParameters(this);
				return true;
			},
			// There is nothing to register, but n8n's linter requires all three methods.
			async create(): Promise<boolean> {
				return true;
			},
			async delete(): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveCallback(this);
	}
}
