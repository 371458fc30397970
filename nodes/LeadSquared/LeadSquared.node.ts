import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { execute } from '../shared/execute';
import { listSearchMethods } from '../shared/lookup';
import { mainConnection } from '../shared/mainConnection';
import { properties } from '../shared/properties';
import { lookups } from './lookups';
import { resources } from './resources';
import { leadSquared } from './vendor';

export class LeadSquared implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'LeadSquared',
		name: 'leadSquared',
		icon: { light: 'file:leadSquared.svg', dark: 'file:leadSquared.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Create appointments and to-dos in LeadSquared',
		defaults: { name: 'LeadSquared' },
		inputs: [mainConnection],
		outputs: [mainConnection],
		usableAsTool: true,
		credentials: [{ name: 'leadSquaredApi', required: true }],
		properties: properties(resources),
	};

	methods = { listSearch: listSearchMethods(leadSquared, lookups) };

	async execute(this: IExecuteFunctions) {
		return await execute(this, leadSquared, resources);
	}
}
