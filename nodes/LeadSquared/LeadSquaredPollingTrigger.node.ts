import type { INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { listSearchMethods } from '../shared/editor/listSearch';
import { mainConnection } from '../shared/form/mainConnection';
import { poll, pollProperties } from '../shared/trigger/polling';
import { credentialTest } from './credentialTest';
import { activityTypes, opportunityTypes } from './lookups';
import { pollTrigger } from './polling';
import { leadSquared } from './vendor';

export class LeadSquaredPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'LeadSquared Polling Trigger',
		name: 'leadSquaredPollingTrigger',
		icon: { light: 'file:leadSquared.svg', dark: 'file:leadSquared.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["events"].join(", ")}}',
		description:
			"Checks LeadSquared on a schedule for new and changed leads, activities and opportunities. Use it when your n8n isn't reachable from the internet.",
		documentationUrl: 'https://github.com/crm-pack/n8n-nodes-crm-pack/blob/main/docs/triggers.md#polling',
		defaults: { name: 'LeadSquared Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [mainConnection],
		credentials: [{ name: 'leadSquaredApi', required: true, testedBy: 'credentialTest' }],
		properties: pollProperties(pollTrigger),
	};

	methods = { credentialTest, listSearch: listSearchMethods(leadSquared, [activityTypes, opportunityTypes]) };

	async poll(this: IPollFunctions) {
		return await poll(this, pollTrigger);
	}
}
