import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { listSearchMethods } from '../shared/editor/listSearch';
import { mainConnection } from '../shared/form/mainConnection';
import { properties } from '../shared/form/properties';
import { execute } from '../shared/run/execute';
import { credentialTest } from './credentialTest';
import { lookups } from './lookups';
import { resources } from './resources';
import { wegly } from './vendor';

export class Wegly implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Wegly',
		name: 'wegly',
		icon: { light: 'file:wegly.svg', dark: 'file:wegly.dark.svg' },
		group: ['transform'],
		version: [1, 1.1],
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Work with WhatsApp chats and messages, leads, deals, proposals and tasks in the Brazilian CRM Wegly',
		defaults: { name: 'Wegly' },
		inputs: [mainConnection],
		outputs: [mainConnection],
		usableAsTool: true,
		credentials: [{ name: 'weglyApi', required: true, testedBy: 'credentialTest' }],
		properties: properties(resources),
	};

	methods = { credentialTest, listSearch: listSearchMethods(wegly, lookups) };

	async execute(this: IExecuteFunctions) {
		return await execute(this, wegly, resources);
	}
}
