import type { INodeType, INodeTypeDescription, IWebhookFunctions } from 'n8n-workflow';
import { mainConnection } from '../shared/form/mainConnection';
import { takeDelivery } from '../shared/trigger/delivery';
import { panelByHand, triggerProperties } from '../shared/trigger/form';
import { deliveries, webhookMethods } from '../shared/trigger/hooks';
import { credentialTest } from './credentialTest';
import { trigger } from './trigger';

export class WoofedCrmTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WoofedCRM Trigger',
		name: 'woofedCrmTrigger',
		icon: { light: 'file:woofedCrm.svg', dark: 'file:woofedCrm.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["events"].join(", ")}}',
		description:
			'Starts the workflow when a deal is won, lost or moved, a contact changes or a message arrives in WoofedCRM',
		documentationUrl: 'https://github.com/crm-pack/n8n-nodes-crm-pack/blob/main/docs/triggers.md#woofedcrm',
		defaults: { name: 'WoofedCRM Trigger' },
		inputs: [],
		outputs: [mainConnection],
		credentials: [{ name: 'woofedCrmApi', required: false, testedBy: 'credentialTest' }],
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
