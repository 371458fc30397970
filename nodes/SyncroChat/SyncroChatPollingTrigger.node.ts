import type { INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { mainConnection } from '../shared/form/mainConnection';
import { poll, pollProperties } from '../shared/trigger/polling';
import { credentialTest } from './credentialTest';
import { pollTrigger } from './polling';

export class SyncroChatPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Syncro Chat Polling Trigger',
		name: 'syncroChatPollingTrigger',
		icon: { light: 'file:syncroChat.svg', dark: 'file:syncroChat.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["events"].join(", ")}}',
		description:
			"Checks Syncro Chat on a schedule for changed leads and due tasks. Use it when your n8n isn't reachable from the internet.",
		documentationUrl: 'https://github.com/crm-pack/n8n-nodes-crm-pack/blob/main/docs/triggers.md#polling',
		defaults: { name: 'Syncro Chat Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [mainConnection],
		credentials: [{ name: 'syncroChatApi', required: true, testedBy: 'credentialTest' }],
		properties: pollProperties(pollTrigger),
	};

	methods = { credentialTest };

	async poll(this: IPollFunctions) {
		return await poll(this, pollTrigger);
	}
}
