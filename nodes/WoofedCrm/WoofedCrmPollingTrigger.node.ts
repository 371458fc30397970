import type { INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { mainConnection } from '../shared/form/mainConnection';
import { poll, pollProperties } from '../shared/trigger/polling';
import { credentialTest } from './credentialTest';
import { pollTrigger } from './polling';

export class WoofedCrmPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WoofedCRM Polling Trigger',
		name: 'woofedCrmPollingTrigger',
		icon: { light: 'file:woofedCrm.svg', dark: 'file:woofedCrm.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["events"].join(", ")}}',
		description:
			"Checks WoofedCRM on a schedule for new and changed contacts and deals. Use it when your n8n isn't reachable from the internet.",
		documentationUrl: 'https://github.com/crm-pack/n8n-nodes-crm-pack/blob/main/docs/triggers.md#polling',
		defaults: { name: 'WoofedCRM Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [mainConnection],
		credentials: [{ name: 'woofedCrmApi', required: true, testedBy: 'credentialTest' }],
		properties: pollProperties(pollTrigger),
	};

	methods = { credentialTest };

	async poll(this: IPollFunctions) {
		return await poll(this, pollTrigger);
	}
}
