import type { INodeType, INodeTypeDescription, IWebhookFunctions } from 'n8n-workflow';
import { mainConnection } from '../shared/form/mainConnection';
import { takeDelivery } from '../shared/trigger/delivery';
import { panelByHand, triggerProperties } from '../shared/trigger/form';
import { deliveries, webhookMethods } from '../shared/trigger/hooks';
import { credentialTest } from './credentialTest';
import { trigger } from './trigger';

export class WeglyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Wegly Trigger',
		name: 'weglyTrigger',
		icon: { light: 'file:wegly.svg', dark: 'file:wegly.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["events"].join(", ")}}',
		description: 'Starts the workflow when a lead, a deal or a chat changes in Wegly',
		documentationUrl: 'https://github.com/crm-pack/n8n-nodes-crm-pack/blob/main/docs/triggers.md#wegly',
		defaults: { name: 'Wegly Trigger' },
		inputs: [],
		outputs: [mainConnection],
		credentials: [{ name: 'weglyApi', required: false, testedBy: 'credentialTest' }],
		webhooks: [deliveries],
		triggerPanel: panelByHand(trigger),
		properties: triggerProperties(trigger),
	};

	methods = { credentialTest };

	webhookMethods = webhookMethods(trigger);

	async webhook(this: IWebhookFunctions) {
		return await takeDelivery(this, trigger);
	}
}
