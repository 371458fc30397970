import type { INodeType, INodeTypeDescription, IWebhookFunctions } from 'n8n-workflow';
import { listSearchMethods } from '../shared/editor/listSearch';
import { mainConnection } from '../shared/form/mainConnection';
import { takeDelivery } from '../shared/trigger/delivery';
import { triggerProperties } from '../shared/trigger/form';
import { acknowledging, handshake, subscribedDeliveries, webhookMethods } from '../shared/trigger/hooks';
import { credentialTest } from './credentialTest';
import { activityTypes } from './lookups';
import { trigger } from './trigger';
import { leadSquared } from './vendor';

export class LeadSquaredTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'LeadSquared Trigger',
		name: 'leadSquaredTrigger',
		icon: { light: 'file:leadSquared.svg', dark: 'file:leadSquared.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["events"].join(", ")}}',
		description:
			'Starts the workflow when a lead, an activity, a task or an opportunity is created or changed in LeadSquared',
		documentationUrl: 'https://github.com/crm-pack/n8n-nodes-crm-pack/blob/main/docs/triggers.md#leadsquared',
		defaults: { name: 'LeadSquared Trigger' },
		inputs: [],
		outputs: [mainConnection],
		credentials: [{ name: 'leadSquaredApi', required: true, testedBy: 'credentialTest' }],
		webhooks: [handshake, acknowledging(subscribedDeliveries, trigger)],
		properties: triggerProperties(trigger),
	};

	methods = { credentialTest, listSearch: listSearchMethods(leadSquared, [activityTypes]) };

	webhookMethods = webhookMethods(trigger);

	async webhook(this: IWebhookFunctions) {
		return await takeDelivery(this, trigger);
	}
}
