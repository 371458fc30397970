import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { listSearchMethods } from '../shared/editor/listSearch';
import { inBrazil } from '../shared/form/defaultCountry';
import { mainConnection } from '../shared/form/mainConnection';
import { properties } from '../shared/form/properties';
import { execute } from '../shared/run/execute';
import { credentialTest } from './credentialTest';
import { lookups } from './lookups';
import { resources } from './resources';
import { woofedCrm } from './vendor';

export class WoofedCrm implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WoofedCRM',
		name: 'woofedCrm',
		icon: { light: 'file:woofedCrm.svg', dark: 'file:woofedCrm.dark.svg' },
		group: ['transform'],
		version: [1, 1.1],
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description:
			'Manage contacts, deals, products and users in WoofedCRM, and write notes, activities and WhatsApp messages on deals',
		defaults: { name: 'WoofedCRM' },
		inputs: [mainConnection],
		outputs: [mainConnection],
		usableAsTool: true,
		credentials: [{ name: 'woofedCrmApi', required: true, testedBy: 'credentialTest' }],
		properties: properties(resources, woofedCrm.options, inBrazil),
	};

	methods = { credentialTest, listSearch: listSearchMethods(woofedCrm, lookups) };

	async execute(this: IExecuteFunctions) {
		return await execute(this, woofedCrm, resources);
	}
}
