import type { INodeType, INodeTypeDescription, IWebhookFunctions } from 'n8n-workflow';
import { mainConnection } from '../shared/form/mainConnection';
import { takeDelivery } from '../shared/trigger/delivery';
import { triggerProperties } from '../shared/trigger/form';
import { subscribedDeliveries, webhookMethods } from '../shared/trigger/hooks';
import { credentialTest } from './credentialTest';
import { trigger } from './trigger';

export class SyncroChatTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Syncro Chat Trigger',
		name: 'syncroChatTrigger',
		icon: { light: 'file:syncroChat.svg', dark: 'file:syncroChat.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["events"].join(", ")}}',
		description:
			'Starts the workflow when a lead is created, changed, moved or won, or a task is completed in Syncro Chat',
		documentationUrl: 'https://github.com/crm-pack/n8n-nodes-crm-pack/blob/main/docs/triggers.md#syncro-chat',
		defaults: { name: 'Syncro Chat Trigger' },
		inputs: [],
		outputs: [mainConnection],
		credentials: [{ name: 'syncroChatApi', required: true, testedBy: 'credentialTest' }],
		webhooks: [subscribedDeliveries],
		properties: triggerProperties(trigger),
	};

	methods = { credentialTest };

	webhookMethods = webhookMethods(trigger);

	async webhook(this: IWebhookFunctions) {
		return await takeDelivery(this, trigger);
	}
}
